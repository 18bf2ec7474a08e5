/** ISO 639-1. What opting in and out is understood and answered in. */
export type Language = 'en' | 'es' | 'fr' | 'de' | 'pt' | 'it';
