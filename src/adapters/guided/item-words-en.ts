/** Both spellings of a pair count as the second. Plurals and accents are gone by then. */
export const itemSynonyms: Readonly<Record<string, string>> = {
  small: 's',
  medium: 'm',
  large: 'l',
  xlarge: 'xl',
  grey: 'gray',
  tee: 'shirt',
  tshirt: 'shirt',
  pant: 'trouser',
  jumper: 'sweater',
  pullover: 'sweater',
  hoody: 'hoodie',
  trainer: 'sneaker',
  jewelry: 'jewellery',
  colour: 'color',
  cup: 'mug',
};

export const stopWords: ReadonlySet<string> = new Set(
  `a an the this that these those it its i im id ive ill me my mine we our us you your they them their he she his her
  and or but if so as at by for from in into of off on onto out to up with without about than then there here
  is am are was were be been being do does did done have has had will would can could should may might must shall
  not no nor dont doesnt didnt isnt wasnt arent wont cant couldnt yes yep yeah ok okay sure please pls plz thanks
  thank hi hello hey there dear sir madam just only also too very really quite actually maybe still again now today
  yesterday soon asap back what which who when where why how any some all both each every everything one ones
  item items thing things something product products piece pieces order orders ordered ordering purchase bought buy
  purchased number numbers no nr whole entire complete return returns returning returned retrun retun retrn reutrn adress address label labels send sending sent bak
  refund refunds refunded money exchange exchanging swap swapping replace replacement credit voucher instead get got
  give gave want wanted wants like liked need needed keep keeping kept make made take took let lets know see look
  looking try tried think thought say said tell told ask asked change changed mind reason because since due
  broken broke damaged damage defective faulty cracked torn ripped shattered stained chipped scratched leaking
  smashed dented work works working worked stopped fit fits fitted wrong different late arrived came received
  delivered delivery expected described quality bad poor good great nice size sizes way bit little much many more
  less other another same pair pairs couple dozen email mail address postal postcode zip code phone name store shop
  live new process start started go ahead going come part parts package parcel box online website recently last
  first second third fourth fifth sixth latest newest recent week weeks month months day days ago time unfortunately
  sorry happy unhappy love loved hate unwanted larger bigger smaller x qty quantity total price paid pay cost costs
  dollar dollars buck bucks euro euros pound pounds except apart excluding minus plus add rest anything nothing
  able possible help wish hoping hope further using never used worn open opened unopened option choose pick picked
  looks seems right left yet mistake accident quick question well rather kind sort`
    .split(/\s+/)
    .filter((word) => word !== ''),
);
