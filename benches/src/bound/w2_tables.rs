//! Written by `cargo run -p dangol-benches -- generate` from `fixtures/w2.json`. The rows of names start with that of
//! every name which no rule mentions.

use super::w2::Coupon;

pub(super) static RULES: [&str; 60] = [
    "r15", "r18", "r13", "r03", "r12", "r06", "r09", "r19", "r01", "r14", "r04", "r17", "r07", "r16", "r10",
    "r02", "r05", "r08", "r00", "r11", "r20", "r21", "r22", "r23", "r24", "r25", "r26", "r27", "r28", "r29",
    "r30", "r31", "r32", "r33", "r34", "r35", "r36", "r37", "r38", "r39", "r40", "r41", "r42", "r43", "r44",
    "r45", "r46", "r47", "r48", "r49", "r50", "r51", "r52", "r53", "r54", "r55", "r56", "r57", "r58", "r59",
];

pub(super) static COUPON_IDS: [&str; 20] = [
    "CP00", "CP04", "CP08", "CP12", "CP16", "CP03", "CP07", "CP11", "CP15", "CP19", "CP02", "CP06", "CP10",
    "CP14", "CP18", "CP01", "CP05", "CP09", "CP13", "CP17",
];

pub(super) static TIERS: [&str; 4] = [
    "base", "silver", "gold", "platinum",
];

pub(super) static CHANNELS: [&str; 2] = [
    "pos", "app",
];

pub(super) static SKUS: [&str; 121] = [
    "8710400570886", "8710400682920", "8710401213076", "8710401814017", "8710402868338", "8710403330212",
    "8710404370626", "8710404687201", "8710405360734", "8710407666895", "8710408221479", "8710408594017",
    "8710408696530", "8710408716683", "8710408873413", "8710411105561", "8710411835112", "8710412639370",
    "8710413414522", "8710413527071", "8710414839351", "8710416509760", "8710416786792", "8710418920582",
    "8710420245093", "8710422105750", "8710422765660", "8710423964305", "8710424181163", "8710424303455",
    "8710424916998", "8710425586877", "8710427698065", "8710427929992", "8710431353049", "8710432886663",
    "8710433164174", "8710434045994", "8710434168927", "8710434296027", "8710434905375", "8710435276789",
    "8710440361923", "8710441389598", "8710442136459", "8710442443923", "8710443114354", "8710443531469",
    "8710443692862", "8710444229617", "8710444294209", "8710445641967", "8710445730353", "8710448990638",
    "8710449159205", "8710449356782", "8710449538734", "8710449705672", "8710450259079", "8710451117648",
    "8710451412163", "8710451656635", "8710452127743", "8710452391725", "8710452419971", "8710453593270",
    "8710453817216", "8710455068957", "8710456196293", "8710457813984", "8710459618075", "8710459636558",
    "8710459873519", "8710459984281", "8710461520105", "8710461843954", "8710462818785", "8710463893871",
    "8710463920877", "8710464442010", "8710465191542", "8710466054229", "8710466570380", "8710468641581",
    "8710469155304", "8710469339183", "8710469478229", "8710470295959", "8710471956831", "8710472376342",
    "8710473246940", "8710473629712", "8710476173860", "8710476634266", "8710476791582", "8710477764174",
    "8710478679235", "8710480685099", "8710481326812", "8710483254201", "8710483743524", "8710484797255",
    "8710485350671", "8710485665323", "8710487121528", "8710488096982", "8710490795160", "8710491432680",
    "8710491913545", "8710492183440", "8710493077539", "8710493952228", "8710494342566", "8710495071592",
    "8710495817659", "8710496885488", "8710497262971", "8710497366643", "8710498427026", "8710498816111",
    "8710499926054",
];

pub(super) static OF_SKU: [u64; 122] = [
    0xfff000ffffffdea, 0xfff040ffffffdea, 0xfff000ffffffdee, 0xfff000ffffffdeb, 0xfff400ffffffdea,
    0xfff000ffffffdea, 0xfff000ffffffdea, 0xfff200ffffffdea, 0xfff000ffffffdea, 0xfff800ffffffdea,
    0xfff022ffffffdea, 0xfff000ffffffdea, 0xfff080ffffffdea, 0xfff000ffffffdea, 0xfff400ffffffdea,
    0xfff804ffffffdea, 0xfff080ffffffdea, 0xfff200ffffffdea, 0xfff000ffffffdea, 0xfff040ffffffdea,
    0xfff000ffffffdee, 0xfff000ffffffdea, 0xfff008ffffffdea, 0xfff040ffffffdea, 0xfff010ffffffdea,
    0xfff100ffffffdea, 0xfff010ffffffdea, 0xfff020ffffffdea, 0xfff000fffffffea, 0xfff000ffffffdea,
    0xfff000ffffffdfe, 0xfff001ffffffdea, 0xfff002ffffffdea, 0xfff010ffffffdea, 0xfff001ffffffdea,
    0xfff000ffffffdea, 0xfff000ffffffdea, 0xfff000ffffffdfa, 0xfff100ffffffdeb, 0xfff000ffffffdea,
    0xfff100ffffffdea, 0xfff001ffffffdea, 0xfff000ffffffdeb, 0xfff020ffffffdea, 0xfff000ffffffdee,
    0xfff080fffffffea, 0xfff020ffffffdea, 0xfff400ffffffdea, 0xfff000ffffffdea, 0xfff004ffffffdea,
    0xfff800ffffffdea, 0xfff000ffffffdea, 0xfff000ffffffdea, 0xfff001ffffffdea, 0xfff002ffffffdea,
    0xfff000ffffffdea, 0xfff800fffffffea, 0xfff010ffffffdea, 0xfff000ffffffdeb, 0xfff020ffffffdfa,
    0xfff000ffffffdea, 0xfff000ffffffdea, 0xfff001ffffffdea, 0xfff080ffffffdea, 0xfff000ffffffdfa,
    0xfff080ffffffdea, 0xfff400ffffffdea, 0xfff000ffffffdea, 0xfff004ffffffdea, 0xfff000ffffffdfa,
    0xfff000fffffffea, 0xfff000ffffffdea, 0xfff000ffffffdea, 0xfff000ffffffdeb, 0xfff000ffffffdea,
    0xfff004ffffffdea, 0xfff000ffffffdea, 0xfff000ffffffdeb, 0xfff000ffffffdea, 0xfff200ffffffdea,
    0xfff000ffffffdfa, 0xfff800ffffffdea, 0xfff000ffffffdea, 0xfff000ffffffdea, 0xfff010ffffffdea,
    0xfff008ffffffdea, 0xfff008ffffffdea, 0xfff010ffffffdea, 0xfff000fffffffea, 0xfff000ffffffdea,
    0xfff100ffffffdea, 0xfff000ffffffdee, 0xfff002ffffffdea, 0xfff000fffffffea, 0xfff000ffffffdea,
    0xfff000ffffffdfa, 0xfff100ffffffdea, 0xfff000ffffffdfa, 0xfff020ffffffdea, 0xfff080ffffffdea,
    0xfff400ffffffdea, 0xfff000ffffffdee, 0xfff000ffffffdea, 0xfff006ffffffdea, 0xfff400ffffffdea,
    0xfff044ffffffdea, 0xfff008ffffffdea, 0xfff202ffffffdea, 0xfff000ffffffdea, 0xfff000ffffffdee,
    0xfff000ffffffdeb, 0xfff008ffffffdea, 0xfff000ffffffdea, 0xfff000ffffffdea, 0xfff000fffffffea,
    0xfff000fffffffea, 0xfff040ffffffdea, 0xfff800ffffffdea, 0xfff200ffffffdee, 0xfff000ffffffdea,
    0xfff100ffffffdea, 0xfff000ffffffdeb,
];

pub(super) static COUPONS_OF_SKU: [u32; 122] = [
    0xf83ff, 0xf83ff, 0xf83ff, 0xf83ff, 0xf83ff, 0xfc3ff, 0xfa3ff, 0xf83ff, 0xfc3ff, 0xf83ff, 0xf83ff,
    0xfa3ff, 0xf83ff, 0xfa3ff, 0xf87ff, 0xf83ff, 0xf83ff, 0xf83ff, 0xf8bff, 0xf83ff, 0xf83ff, 0xfd3ff,
    0xfa3ff, 0xf83ff, 0xf83ff, 0xf83ff, 0xf83ff, 0xf83ff, 0xf83ff, 0xf8bff, 0xfa3ff, 0xf83ff, 0xf8bff,
    0xf83ff, 0xf83ff, 0xf9bff, 0xf93ff, 0xf83ff, 0xf83ff, 0xfc3ff, 0xf83ff, 0xfc3ff, 0xf83ff, 0xf83ff,
    0xf83ff, 0xf83ff, 0xf83ff, 0xf83ff, 0xf87ff, 0xf83ff, 0xf83ff, 0xfabff, 0xfc3ff, 0xf83ff, 0xf83ff,
    0xf93ff, 0xf83ff, 0xf83ff, 0xf93ff, 0xf83ff, 0xf87ff, 0xf93ff, 0xf83ff, 0xf83ff, 0xf83ff, 0xf83ff,
    0xf93ff, 0xf93ff, 0xf83ff, 0xf83ff, 0xfc3ff, 0xf87ff, 0xf8bff, 0xfabff, 0xf87ff, 0xf83ff, 0xf87ff,
    0xf83ff, 0xf87ff, 0xf83ff, 0xf83ff, 0xf93ff, 0xfa3ff, 0xfc7ff, 0xf83ff, 0xf83ff, 0xf83ff, 0xf83ff,
    0xf87ff, 0xfb3ff, 0xf8bff, 0xf83ff, 0xf83ff, 0xf83ff, 0xf8bff, 0xf83ff, 0xf83ff, 0xf83ff, 0xf83ff,
    0xf83ff, 0xf83ff, 0xf83ff, 0xf87ff, 0xf83ff, 0xf83ff, 0xf83ff, 0xf83ff, 0xf83ff, 0xfc3ff, 0xf83ff,
    0xf83ff, 0xf83ff, 0xfc3ff, 0xfa3ff, 0xf83ff, 0xf83ff, 0xf83ff, 0xf83ff, 0xf83ff, 0xf8bff, 0xf83ff,
    0xf83ff,
];

pub(super) static CATEGORIES: [&str; 12] = [
    "alcohol", "baby", "bakery", "dairy", "drinks", "fish", "frozen", "household", "meat", "personal", "pet",
    "produce",
];

pub(super) static OF_CATEGORY: [u64; 13] = [
    0xffffff000f02a15, 0xffffff180f03a15, 0xffffffc00f06a15, 0xffffff084f0aa17, 0xffffff006f02b15,
    0xffffff048f02a35, 0xffffff030f02e95, 0xffffff420f12a95, 0xffffff102f22a15, 0xffffff009f02a1d,
    0xffffff240f02a55, 0xffffff810f82a15, 0xffffff201f42a15,
];

pub(super) static COUPONS_OF_CATEGORY: [u32; 13] = [
    0x7fe5, 0x4ffe5, 0x7fe5, 0x1ffe5, 0xc7fe5, 0x7fe5, 0x2fff7, 0x67fed, 0x5ffe5, 0xa7fe5, 0xb7ff7, 0x17fe5,
    0x87fed,
];

pub(super) static BRANDS: [&str; 20] = [
    "brand:brand00", "brand:brand01", "brand:brand02", "brand:brand03", "brand:brand04", "brand:brand05",
    "brand:brand06", "brand:brand07", "brand:brand08", "brand:brand09", "brand:brand10", "brand:brand11",
    "brand:brand12", "brand:brand13", "brand:brand14", "brand:brand15", "brand:brand16", "brand:brand17",
    "brand:brand18", "brand:brand19",
];

pub(super) static OF_BRAND: [u64; 21] = [
    0xfc0ffffffffd7ff, 0xfc0ffffffffd7ff, 0xfc0ffffffffd7ff, 0xfc1ffffffffd7ff, 0xfc0fffffffff7ff,
    0xfc0ffffffffd7ff, 0xfc8ffffffffdfff, 0xfc0ffffffffd7ff, 0xfe8ffffffffd7ff, 0xfc0ffffffffd7ff,
    0xfc0ffffffffdfff, 0xfc1ffffffffd7ff, 0xfc6ffffffffd7ff, 0xfc2fffffffff7ff, 0xfe0ffffffffd7ff,
    0xfc0ffffffffd7ff, 0xfc0ffffffffd7ff, 0xfd0ffffffffd7ff, 0xfc4ffffffffdfff, 0xfd0fffffffff7ff,
    0xfc0ffffffffd7ff,
];

pub(super) static COUPONS_OF_BRAND: [u32; 21] = [
    0xffc1f, 0xffd3f, 0xffc5f, 0xffc1f, 0xffcff, 0xffd1f, 0xffe1f, 0xffc9f, 0xffc5f, 0xffc3f, 0xffd1f,
    0xffc1f, 0xfffbf, 0xffe1f, 0xffe1f, 0xffc9f, 0xffd1f, 0xffe3f, 0xffc1f, 0xffc5f, 0xffcdf,
];

pub(super) static OF_TIER: [u64; 4] = [
    0xfffddd7df102a15, 0xffffff7df312b55, 0xfffffffff5f3fdf, 0xffffff7df97eff7,
];

pub(super) static OF_CHANNEL: [u64; 2] = [
    0xfffbbbfffffffff, 0xfffffffffffffff,
];

pub(super) static OF_WEEKDAY: [u64; 7] = [
    0xffffffb6dffff7d, 0xffffffb6dfffffd, 0xffffffb6dffff7d, 0xffffff965ffff7d, 0xffffffd75ffff7d,
    0xffffffdf7ffff7f, 0xffffff9e7ffff7f,
];

pub(super) static FROM_MINUTE: [(i64, u64); 9] = [
    (0, 0xffffffaaafffdee), (540, 0xffffffaebfffdfe), (600, 0xffffffefbfffdff), (660, 0xffffffefbfffdfe),
    (720, 0xffffffebafffdee), (900, 0xffffffaaaffffee), (1080, 0xffffffbaefffdee), (1260, 0xffffffaaafffdee),
    (1440, 0xffffffaaafffdea),
];

pub(super) static FROM_SPEND: [(i64, u64); 14] = [
    (0, 0x777fffffd7ff), (3000, 0x40777fffffd7ff), (4000, 0x41777fffffd7ff), (5000, 0xc1777fffffd7ff),
    (6000, 0xc1ffffffffd7ff), (7500, 0x1c1ffffffffd7ff), (8000, 0x1c3ffffffffd7ff),
    (10000, 0x3c3fffffffff7ff), (12000, 0x3c7fffffffff7ff), (15000, 0x7c7fffffffff7ff),
    (16000, 0x7cffffffffff7ff), (20000, 0xfdffffffffff7ff), (24000, 0xffffffffffff7ff),
    (40000, 0xfffffffffffffff),
];

pub(super) static WORTH: [i64; 60] = [
    2000, 1800, 1500, 1300, 1250, 1200, 1100, 1100, 1000, 1000, 900, 900, 800, 750, 700, 600, 500, 400, 300,
    300, 1000, 100, 250, 500, 500, 1000, 2000, 1500, 500, 1000, 2000, 1500, 500, 1000, 2000, 1500, 10, 15, 20,
    25, 30, 35, 40, 45, 50, 55, 60, 65, 500, 750, 1000, 500, 750, 1000, 20, 80, 180, 320, 500, 720,
];

pub(super) static GROUP: [u8; 60] = [
    0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 21, 21, 22, 22, 23, 23, 24,
    24, 25, 25, 26, 26, 27, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 40, 40, 40, 40, 40, 41,
    41, 41, 41, 41, 41,
];

pub(super) const GROUPS: usize = 42;
pub(super) const DISCOUNTS: u64 = 0xfffff;
pub(super) const RATES: u64 = 0x3f000ffff00000;

pub(super) static COUPONS: [Coupon; 20] = [
    Coupon { worth: 500, is_percent: true, spend: 0, first_day: 20496, last_day: 20556, group: 0, exclusive: false },
    Coupon { worth: 1500, is_percent: true, spend: 12000, first_day: 20496, last_day: 20525, group: 4, exclusive: false },
    Coupon { worth: 500, is_percent: true, spend: 4000, first_day: 20496, last_day: 20556, group: 3, exclusive: false },
    Coupon { worth: 1500, is_percent: true, spend: 0, first_day: 20496, last_day: 20556, group: 2, exclusive: false },
    Coupon { worth: 500, is_percent: true, spend: 8000, first_day: 20496, last_day: 20556, group: 1, exclusive: false },
    Coupon { worth: 500, is_percent: false, spend: 4000, first_day: 20496, last_day: 20556, group: 3, exclusive: false },
    Coupon { worth: 750, is_percent: false, spend: 0, first_day: 20496, last_day: 20556, group: 2, exclusive: false },
    Coupon { worth: 500, is_percent: false, spend: 8000, first_day: 20496, last_day: 20556, group: 1, exclusive: false },
    Coupon { worth: 750, is_percent: false, spend: 0, first_day: 20496, last_day: 20556, group: 0, exclusive: false },
    Coupon { worth: 500, is_percent: false, spend: 12000, first_day: 20496, last_day: 20556, group: 4, exclusive: false },
    Coupon { worth: 1000, is_percent: true, spend: 0, first_day: 20496, last_day: 20556, group: 2, exclusive: false },
    Coupon { worth: 2500, is_percent: true, spend: 8000, first_day: 20496, last_day: 20556, group: 1, exclusive: false },
    Coupon { worth: 1000, is_percent: true, spend: 0, first_day: 20496, last_day: 20556, group: 0, exclusive: false },
    Coupon { worth: 2500, is_percent: true, spend: 12000, first_day: 20496, last_day: 20556, group: 4, exclusive: false },
    Coupon { worth: 1000, is_percent: true, spend: 4000, first_day: 20496, last_day: 20556, group: 3, exclusive: false },
    Coupon { worth: 250, is_percent: false, spend: 8000, first_day: 20496, last_day: 20556, group: 1, exclusive: false },
    Coupon { worth: 100, is_percent: false, spend: 0, first_day: 20496, last_day: 20556, group: 0, exclusive: false },
    Coupon { worth: 250, is_percent: false, spend: 12000, first_day: 20496, last_day: 20556, group: 4, exclusive: true },
    Coupon { worth: 100, is_percent: false, spend: 4000, first_day: 20496, last_day: 20525, group: 3, exclusive: false },
    Coupon { worth: 250, is_percent: false, spend: 50000, first_day: 20496, last_day: 20556, group: 2, exclusive: false },
];
