import type { TimeWords } from '../time-words.ts';

const EVENT =
  'guerra|conflicto|crisis|invasión|golpe(?: de estado)?|revolución|levantamiento|anexión|intervención|ofensiva|genocidio|masacre|ocupación|retirada|atentados?|desembarco';

export const SPANISH: TimeWords = {
  dates: [
    '(?:en|hacia|hasta|durante|antes de|después de|tras|a (?:fines|finales|principios|mediados) de) (?:el año )?(?:<M> (?:de |del )?)?<Y>',
    String.raw`(?:el |del )?\d{1,2} de <M> (?:de|del) <Y>`,
    String.raw`(?:de|entre|desde) \d{4} (?:a|y|hasta) <Y>`,
    String.raw`(?:en|durante) (?:la |el |los |las )(?:${EVENT})(?: \p{L}+){0,3} de <Y>`,
    '(?:en|durante|bajo|tras|antes de|después de|de|a (?:fines|finales|principios|mediados) de) ?(?:la |el |los |las |l )?(?:década de )?(?:los )?<E>',
    'del <E>',
  ],
  beginnings: [
    String.raw`(?:desde|que en|como en) (?:el |la |los )?(?:fines de |finales de |principios de )?(?:año )?(?:\d{1,2} de )?(?:<M> de )?<Y>`,
    '(?:desde|que en|que durante) (?:el fin de |el final de )?(?:la |el |los |las )?<E>',
  ],
  eras: [
    ['primera guerra mundial|gran guerra', 1918],
    ['segunda guerra mundial', 1945],
    ['guerra fría', 1991],
    ['guerra civil española', 1939],
    ['guerra de corea', 1953],
    ['guerra de vietnam', 1975],
    ['guerra de (?:las )?malvinas', 1982],
    ['guerra del golfo', 1991],
    ['(?:época|era|unión) soviética', 1991],
    ['edad media|antigüedad|época colonial|colonia española', 1898],
    ['siglo (?:xix|xviii|xvii|xvi|xv|xiv|xiii|xii|xi|x|diecinueve)', 1900],
    ['siglo (?:xx|pasado)', 1999],
    ['años (?:veinte|treinta|cuarenta|cincuenta|sesenta|setenta)|años [2-7]0|19[1-7]0s', 1979],
    ['años ochenta|años 80', 1989],
    ['años noventa|años 90', 1999],
    ['años 2000', 2009],
  ],
  events: [String.raw`(?:${EVENT})(?: (?:de |a )?(?:la |el |los |las )?\p{L}+){0,3} (?:de|en) <Y>`],
  counted: 'soldados|hombres|militares|efectivos|personas|euros|dólares|pesos|toneladas|muertos',
  attributes: String.raw`\p{L}{2,}(?:ad|id)[oa]s?|hech[oa]s?|acuerdo|tratado|pacto|ley|convenio`,
  past: String.raw`hace (?:más de |casi |unos )?(?:\d{2,}|[2-9]|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|veinte|treinta|cuarenta|cincuenta|sesenta|cien|varios|muchos|algunos|varias) (?:años|décadas|siglos)|hace (?:un siglo|una década|décadas|siglos|años)|antaño|en aquel(?:los)? (?:entonces|tiempos?|años)`,
  lastYear: 'el año (?:pasado|anterior)|hace un año',
  had: 'había|habían|hubo|hubiera|hubieran',
  present:
    'hoy|ayer|mañana|ahora|actualmente|este (?:lunes|martes|miércoles|jueves|viernes|sábado|domingo|mes|año)|esta (?:semana|mañana|tarde|noche)|la semana (?:pasada|próxima)|el mes (?:pasado|próximo)|recientemente|lunes|martes|miércoles|jueves|viernes|sábado|domingo',
  tense: String.raw`es|son|está|están|será|serán|va a|van a|debe|deben|puede|pueden|quiere|quieren|entrega|envía|\p{L}{3,}(?:ará|arán|erá|erán|irá|irán)`,
  opens: {
    since:
      'desde que|desde (?:la |el )(?:invasión|guerra|inicio|comienzo|firma|ratificación|golpe|entrada en vigor|imposición|retirada)',
    told: '(?:que|quien|quienes) (?:había|habían|hubiera|hubieran)|habiendo',
    after: 'después de que|luego de que|tras|cuando|después de',
    memory: String.raw`aniversario|centenario|conmemor\p{L}+|museo|exposición|muestra fotográfica|memorias|recuerdos de|recreación histórica|efemérides|obituario|(?:la|una|el|un) (?:película|novela|documental|ópera|serie) (?:sobre|que|de|narra|cuenta)`,
    other: 'que|quien|quienes|donde|porque|mientras|aunque|si|pero|como|dijo|afirmó',
  },
  headlines: String.raw`hace (?:\d{2,}|cien|cincuenta) años|un día como hoy|efemérides|(?:la |breve |una )?historia (?:de|del)|(?:muere|murió|fallece|falleció) (?:a los )(?:[6-9]\d|1[01]\d)|a los (?:[6-9]\d|1[01]\d) años (?:muere|fallece)|obituario|aniversario`,
};
