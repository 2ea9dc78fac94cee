// Short reports of events of one kind, two events each, as different outlets would write them: without times, and with nothing else read.
// Written for these tests.

/** By event: title and first sentences of each report. */
export const SMALL_SET: Readonly<Record<string, readonly (readonly [title: string, text: string])[]>> = {
  'an earthquake off Sumatra': [
    [
      '6.1-magnitude quake rattles Sumatra coast, no tsunami alert',
      'A strong undersea earthquake shook the west coast of Sumatra on Tuesday morning, sending residents of Bengkulu running into the streets. Indonesia’s geophysics agency said there was no risk of a tsunami.',
    ],
    [
      'Strong earthquake jolts western Indonesia',
      'JAKARTA - An earthquake with a magnitude of 6.1 struck off the Indonesian island of Sumatra early Tuesday, causing panic but no immediate reports of casualties, officials said.',
    ],
    [
      'Residents flee homes as tremor hits Bengkulu',
      'People in the Indonesian city of Bengkulu ran outdoors when a powerful quake hit offshore at dawn. Several houses were cracked, a disaster official said.',
    ],
    [
      'Indonesia: Sumatra earthquake damages dozens of houses',
      'At least 40 houses were damaged when a 6.1 quake struck near Bengkulu on Sumatra, the disaster mitigation agency said. Two people were treated for injuries.',
    ],
  ],
  'an earthquake in Aceh': [
    [
      'Magnitude 6.3 earthquake strikes Aceh, killing 11',
      'A strong earthquake hit Indonesia’s Aceh province on Saturday, killing at least 11 people, several of them children in a collapsed mosque, officials said.',
    ],
    [
      'Indonesian quake: children among dead in Aceh mosque collapse',
      'Rescuers dug through the ruins of a mosque in Bener Meriah on Sunday after a 6.3 quake shook the highlands of Aceh province. Six children who were reading the Quran died.',
    ],
    [
      'Aceh earthquake toll climbs to 24',
      'The number of people killed by the earthquake in the Indonesian province of Aceh has risen to 24, with more than 200 injured, the disaster agency said. Landslides blocked roads to the worst-hit villages.',
    ],
    [
      'Hundreds hurt, thousands homeless after Aceh quake',
      'Thousands of people in the hills of northern Sumatra spent the night in tents after Saturday’s quake. Hospitals in Takengon are overwhelmed, an official said.',
    ],
  ],
  'a takeover of a chip maker': [
    [
      'Altrion to buy Meridia for $5.4 billion',
      'Altrion agreed on Monday to acquire graphics chip maker Meridia for $5.4 billion in cash and stock, in a challenge to Intel.',
    ],
    [
      'Altrion swallows Meridia in bid to take on Intel',
      'The takeover of Canadian graphics specialist Meridia gives processor maker Altrion technology to compete with Intel, the two companies said.',
    ],
    [
      'Chip merger: Altrion, Meridia agree on $5.4bn tie-up',
      'Altrion will pay $4.2 billion in cash and 57 million shares for Meridia of Toronto. The deal is expected to close in the fourth quarter.',
    ],
    [
      'Analysts wary of Altrion’s Meridia takeover',
      'Buying Meridia may strain Altrion’s balance sheet, analysts warned after the $5.4 billion acquisition was announced on Monday.',
    ],
  ],
  'a takeover of a services firm': [
    [
      'Brenford to acquire services firm Cordis Data for $13.9 billion',
      'Brenford said on Tuesday that it will buy Cordis Data Systems for $25 a share, doubling its services business and taking aim at IBM.',
    ],
    [
      'Brenford-Cordis deal to create rival for IBM',
      'Computer maker Brenford’s $13.9 billion purchase of outsourcing giant Cordis would be its biggest since Compaq.',
    ],
    [
      'Cordis Data shares soar on Brenford bid',
      'Shares of Cordis jumped 30 percent after Brenford agreed to buy the outsourcing company. Brenford’s shares fell on fears about the price.',
    ],
    [
      'Thousands of jobs at risk in Brenford takeover of Cordis',
      'Brenford could cut up to 25,000 jobs after its takeover of Cordis Data Systems, analysts said. Unions demanded talks.',
    ],
  ],
  'cables broken off Alexandria': [
    [
      'Undersea cable cut slows internet in Egypt and India',
      'Internet traffic from the Middle East to South Asia was badly disrupted on Wednesday after two undersea cables were damaged off Alexandria.',
    ],
    [
      'Cable damage off Alexandria hits web users',
      'Millions of people in Egypt, India and the Gulf lost their internet connection when submarine cables in the Mediterranean broke, operators said.',
    ],
    [
      'India outsourcing firms count cost of cable break',
      'Call centres in Bangalore lost half their bandwidth after the cuts in two Mediterranean cables near Egypt. Repairs could take two weeks.',
    ],
    [
      'Ship’s anchor blamed for Mediterranean cable cut',
      'A ship’s anchor may have severed the two submarine cables near Alexandria, one of the operators said. Repair ships were on their way.',
    ],
  ],
  'a cable stolen off Vietnam': [
    [
      'Vietnam internet slows after fishermen steal cable',
      'Eleven kilometres of undersea fibre-optic cable were stolen off Vietnam’s southern coast, leaving the country with one link to the outside world.',
    ],
    [
      'Thieves haul up Vietnam’s undersea internet cable',
      'Fishing boats in Ca Mau took long pieces of submarine cable hoping to sell them as scrap, Vietnamese state media reported.',
    ],
    [
      'Vietnam arrests trawler crew over stolen cable',
      'Police in southern Vietnam seized 80 tonnes of fibre-optic cable from fishing boats. Hanoi promised a campaign to teach fishermen.',
    ],
    [
      'Stolen cable leaves Vietnam with single link',
      'Vietnam’s telecoms ministry said it would cost $5.8 million to replace the undersea cable that trawlers cut and stole.',
    ],
  ],
  'a pirate vessel sunk': [
    [
      'Indian navy sinks pirate “mother ship” off Oman',
      'The Indian frigate Tarang destroyed a suspected pirate vessel in the Gulf of Aden on Tuesday evening after it opened fire, the navy said.',
    ],
    [
      'Pirates’ mother vessel sunk by India warship',
      'INS Tarang fired on a trawler that pirates used as a base off the coast of Oman, the defence ministry in New Delhi said.',
    ],
    [
      'Thai owner says ship sunk by India was his',
      'The vessel that the Indian frigate Tarang sank as a pirate mother ship was a Thai trawler with hostages on board, its owner said. One sailor was rescued after six days.',
    ],
    [
      'India defends sinking of trawler in Gulf of Aden',
      'The Indian navy said it acted in self-defence when the Tarang sank a vessel whose crew threatened to blow it up.',
    ],
  ],
  'pirates captured': [
    [
      'French commandos seize 19 pirates off Somalia',
      'The frigate Lorient captured 19 suspected Somali pirates who tried to board two cargo ships in the Gulf of Aden, the French presidency said.',
    ],
    [
      'France foils pirate attacks on two cargo ships',
      'A French warship stopped two attempts to hijack freighters under Croatian and Panamanian flags off Somalia on Sunday, capturing 19 men.',
    ],
    [
      'Pirates captured by French navy handed to Somali authorities',
      'The 19 men seized by the frigate Lorient will be handed over to the authorities of Somalia, Paris said. Weapons and boarding ladders were found.',
    ],
    [
      'Nineteen suspected pirates held by French frigate',
      'President’s office: the Lorient intercepted pirate skiffs in the Gulf of Aden, preventing the capture of a Croatian cargo ship.',
    ],
  ],
  'a shooting at a sign maker': [
    [
      'Gunman kills three at Minneapolis sign company',
      'A worker who had just been fired opened fire at Halvor Signs in Minneapolis on Thursday, killing three people before shooting himself, police said.',
    ],
    [
      'Owner among dead in Minneapolis workplace shooting',
      'Ruben Halvor, founder of Halvor Signs, was one of those shot dead by a dismissed employee at the company’s offices, his family confirmed.',
    ],
    [
      'Fired employee identified as Halvor Signs shooter',
      'Police in Minneapolis named Andrew Kest, 36, as the man who shot colleagues at a sign maker after losing his job.',
    ],
    [
      'Minneapolis: five dead, including gunman, after office rampage',
      'The death toll in the shooting at a Minneapolis sign manufacturer has risen to five, authorities said Friday. Four others were wounded.',
    ],
  ],
  'a shooting at a biscuit factory': [
    [
      'Three shot dead at Kraftway plant in Philadelphia',
      'A suspended worker returned to the Kraftway biscuit factory in Philadelphia and shot three colleagues, two fatally and one critically, police said.',
    ],
    [
      'Woman held after shooting at Philadelphia biscuit factory',
      'Police arrested Yolanda Hiss, 43, an employee at the Kraftway plant, hours after two women were shot dead in a break room.',
    ],
    [
      'Kraftway shooting suspect charged with murder',
      'Yolanda Hiss, who had been escorted from the Kraftway plant in Philadelphia ten minutes before the shooting, was charged with two counts of murder.',
    ],
    [
      'Workers recall terror inside Kraftway factory',
      'Employees hid under desks as a woman with a .357 Magnum hunted colleagues at the biscuit plant in northeast Philadelphia.',
    ],
  ],
};
