//! What may not be said in words: patterns as in [`crate::writing::pattern`], by what is wrong with it.

/// Promises that only a fact could back: approval, guarantees, income. "Если одобрят" promises nothing.
pub(super) const PROMISES: &[&str] = &[
    // Approval.
    "одобрен|одобрена|одобрено|одобрены|одобрил|одобрила|одобрили|одобрим|одобрят|предодобр*|предварительно-одобрен*",
    "предварительн* ~1 одобр*",
    "одобрение|одобрят ~1 гарантир*|точно|обеспечен*|наверняка|всем|каждому",
    "дают|дадут|выдают|выдадут|одобряют|берут|подходит ~1 всем|все|каждому|любому|любым|всегда",
    "отказов|отказа|отказ|отказывают ~1 не|нет|никогда|исключен*",
    "вам|тебе ~1 положен*|причитается|полагается|выделен*|зарезервирован*|забронирован*",
    "approved|pre-approved|preapproved|pre-qualified",
    "everyone|everybody|anyone|always|all ~2 accepted|qualifies|qualify|gets",
    "never ~1 refuse*|reject*|decline*|denied|turn",
    "вас|тебя|вы|ты ~1 выбрали|отобрали|попали|выиграли|выиграл|подошли|прошли",
    "персональн*|специальн*|особ*|индивидуальн*|закрыт* ~1 предложени*|услови*|ставк*|скидк*|лимит*|процент*",
    "справк*|документ*|поручител*|залог*|страховк*|визит*|подтвержд* ~2 не ~1 нуж*|требу*|понадоб*|прос*|спрашив*",
    "не ~1 нуж*|требу*|понадоб*|спрашива* ~2 справк*|документ*|поручител*|залог*|страховк*",
    "по|нужен|только ~1 паспорту|паспорт",
    "кредитн*|плох* истори* ~2 не|любая|любой",
    "any|bad|poor ~1 credit history|score|record",
    "regardless of ~2 credit|history|income",
    "documents|paperwork|collateral|checks ~1 not|aren't needed|required|necessary",
    "абсолютно|полностью|совершенно|исключительно безопасн*|надежн*|законн*|бесплатн*",
    "special|exclusive|personal ~1 offer|deal|terms|rate|conditions|limit",
    "tasdiqlan*|ma'qullan*|мақулдан*|схвален*|схвалил*|погоджен*",
    // Guarantees and certainty.
    "гарантир*|гарантия|гарантии|гарантию|гарантией|гарантий|гаранту*|гарантован*|кепілд*|kafolat*",
    "guarantee*",
    "сто процентов",
    "сто|100|стопроцентн* ~1 надежн*|безопасн*|увер*|гарант*",
    "точно|наверняка|обязательно|всегда|непременно ~2 дадут|одобр*|выдадут|получите|получишь|заработа*|зароботк*|вырас*|приумнож*|окуп*|\
     выигра*|хватит|понрав*|подойдет",
    "обещаю|обещаем|клянусь|ручаюсь|promise|promises|swear ~3 одобр*|дад*|доход*|прибыл*|выгод*|кэшбэк*|ставк*|получ*|\
     процент*|approv*|income|profit|rate|return",
    "удвои*|утрои*|приумнож*|озолот*|разбогате*|обогат*",
    "стабильн*|гарантирован*|пассивн*|высок*|верн*|надежн* доход*|прибыл*|заработ*",
    "доход*|прибыл* ~1 каждый|каждую|ежемесячн*|стабильн*|обеспечен*",
    "не прогада*|потеряете|потеряешь|пожалеете|пожалеешь|проигра*|ошибетесь|ошибешься",
    "ничем ~1 не ~1 рискует*|риску*",
    "can't|cannot|won't|never ~1 lose|regret|fail",
    "sure|steady|stable|certain|risk-free|riskless|easy income|profit|profits|return|returns|money|gain|gains|win",
    "double|triple|multiply your|the money|savings|investment",
    "get rich",
    "цена|цены|курс|акции|бумаги|стоимость|рынок|вложения ~2 вырастет|вырастут|подорожает|подорожают|растут|растет|взлетит|взлетят",
    "prices|price|shares|stocks|bonds|securities|market|value ~1 will|always|only ~1 rise|grow|up|increase|go",
    "заработаете|заработаешь|наживете*|обогнать|обгонит|обгоняет|обыгра*",
    "доходность|доход ~1 выше|больше|высок*",
    "сэкономите|сэкономишь",
    "you'll|you|will save|earn|win",
];

/// Presents, which a business may have: a fact of that name backs them.
pub(super) const PRESENTS: &[&str] = &[
    "скидк*|скидок|промокод*|розыгрыш*|лотере*|приз|призы|сюрприз*|бонус|бонусы|бонусов|бонусами|discount*|promo|prize*|bonus*|voucher*",
];

/// What only a fact could back: scarcity, pressure, superlatives, other people.
pub(super) const PRESSURE: &[&str] = &[
    // Scarcity and pressure.
    "последний|последние|последняя|последней|останній|oxirgi|соңғы день|дни|шанс|возможность|неделя|неделе|места|день|час*|kun|күн",
    "только|тільки|лише|тек|faqat сегодня|сейчас|завтра|сьогодні|зараз|бүгін|bugun|hozir",
    "осталось|осталась|остались|остается|залишилось|qoldi ~2 мест|места|место|час*|минут*|дней|дня|карт|заявок|пара|пару|нескольк*|немного|мало",
    "спеши|спешите|успей|успейте|поторопись|поторопитесь|торопись|торопитесь|поспеши*|поквап*|шошыл*|shoshil*|поспіш*|встигн*|ulguring|үлгер*",
    "не упусти*|упускай*|пропусти*|пропускай*|откладывай*|тяни|тяните|медли|медлите|проворон*|жди|ждите",
    "пока ~1 не ~1 поздно|закрыл*|закончил*|передумал*|разобрал*|подорожал*|повысил*",
    "пока ~1 есть|действу*|открыт* ~1 мест*|возможн*|акци*|предложен*|набор",
    "скоро|сегодня|завтра|вот-вот|сейчас ~3 закро*|законч*|заканч*|исчезн*|сгор*|подорожа*|истек*|повыс*|подним*",
    "места|заявки|карты|лимиты ~1 заканч*|разбира*|тают|кончают*|ограничен*",
    "акция|акции|предложение|скидка ~2 закончится|заканчивается|истекает|сгорит|действует|сгорает|закрывается",
    "другого|такого|второго шанса|случая ~1 не",
    "раз|шанс ~1 в жизни",
    "ограниченн* ~1 предложени*|врем*|количеств*|серия|тираж*",
    "срочно|немедленно|безотлагательно ~2 оформ*|подай*|ответ*|звон*|решай*|напиш*|пиши*",
    "last day|chance|days|call|spots",
    "only|just today|tonight",
    "only|just ~2 left|remaining",
    "hurry|rush|urgent|urgently",
    "act|apply|sign|decide ~1 now|today|immediately|tonight",
    "don't|never|not ~1 miss|delay",
    "offer|deal|promotion|chance|window ~2 ends|expires|closes|closing|ending|disappears|gone",
    "ends|expires|closes|gone today|tonight|tomorrow|soon",
    "before it's|it|they ~1 late|gone|ends",
    "while ~3 last|lasts",
    "limited time|offer|number|places|spots|period",
    "once|chance ~2 lifetime",
    // Without risk or papers.
    "без ~2 риска|рисков|отказа|отказов|проверки|проверок|справ*|поручител*|залога|документов|подтвержден*|потерь|скрыт*|подвох*",
    "никаких|никакого|ноль|нет рисков|риска|проверок|отказов|справок|документов|поручителей|подвохов|проверки",
    "risk free",
    "no|zero|without ~1 risk|risks|checks|check|paperwork|documents|collateral|proof|refusals|catch",
    // Superlatives and comparisons.
    "самая|самый|самые|самое|самых|самую|самой|лучшая|лучший|лучшие|лучшее|лучшую|лучших низк*|выгодн*|лучш*|ставк*|услови*|предложени*|карт*|\
     кредит*|банк|надежн*|кэшбэк*|ипотек*|рын*|стран*|доходн*",
    "лучш* ~2 рын*|стран*|мир*|город*|росси*",
    "выгоднее|дешевле|лучше|ниже|выше|быстрее|надежнее ~2 всех|остальных|других|другом|конкурент*|рын*|везде|любом|любого|банках|любой",
    "номер один|1|first|one",
    "number one|1",
    "нет|не ~1 равных|аналогов|аналога|сравнится",
    "эксклюзивн*|уникальн*|беспрецедентн*|невероятн*|единственн* ~1 банк*|карт*|предложени*|шанс*|возможност*",
    "lowest|cheapest|fastest|safest",
    "the best|lowest|cheapest|highest|fastest|safest|top",
    "better|cheaper|lower|higher|faster than ~2 other|others|any|anyone|anywhere|competitor*|market|bank*|elsewhere",
    "unbeatable|unmatched|best ~2 market|country|town|bank",
    // Other people.
    "уже ~2 воспользовал*|оформил*|взяли|получил*|перешл*|довольн* ~1 тысяч*|миллион*|сотн*|многие|все|большинство|люд*|клиент*",
    "тысяч*|миллион*|сотни|десятки|большинство|многие|все|масса|толпы|тысячи ~1 клиент*|людей|человек|инвестор*|семей|коллег*|друз*|сосед*|\
     знаком*|пользоват*|россиян|заемщик*|довольн*|выбирают|выбрал*|пользуют*|оформил*|оформля*",
    "кажд* втор*|трет*|четверт*|пят*|десят*",
    "коллеги|друзья|соседи|знакомые|подруги|однокурсники ~2 оформил*|взяли|пользуют*|выбрал*|получил*|довольн*|перешл*|давно",
    "thousands|millions|hundreds|dozens ~3 people|customers|clients|users|investors|families|happy|already",
    "everyone|everybody|most|many ~3 people|customers|clients|users|friends|colleagues|neighbours|neighbors|uses|chose|choose|has|switched",
    "your friends|colleagues|neighbours|neighbors ~2 already|have|use|chose",
];

/// Delivery "today", a decision "at once": more than a fact "up to" says.
pub(super) const AT_ONCE: &str = "пару|пара|нескольк*|считан*|few|couple|moments|seconds|мгновенно|моментальн*|мгновенн*|сегодня|завтра|сразу|тотчас|секунд*|немедленно|instant*|immediately|today|tomorrow|tonight|bugun|бүгін|сьогодні|миттєво";

/// Words of the instructions, which nobody but us has business with.
pub(super) const LEAK: &[&str] = &[
    "инструкци*|промпт*|настройк* ~3 сказано|написано|велено|запрещ*|запрет*|указан*|требу*|раскрыва*|говор*|следу*",
    "мне|нам ~2 велено|приказано|запрещено|запретили|поручено|предписано|сказано",
    "моя|мои|моих|моей|моим|системн*|тайн*|скрыт* ~1 инструкци*|промпт*|промт*|настройк*",
    "промпт*|промт*|prompt|prompts",
    "забудь*|игнорир*|ignore|disregard|forget ~3 инструкци*|правил*|instruction*|rule*|previous",
    "my|hidden|system|secret|these|previous instruction*|rules|message",
    "языков* модел*|модели",
    "language model",
    "as an ai|llm",
    "i was|am|been ~1 told|instructed|programmed|forbidden",
];

/// "Бесплатно" and its like: a fact of zero must say so.
pub(super) const FREE: &[&str] = &[
    "бесплатн*|безвозмездн*|безкоштовн*|бесплатен",
    "даром",
    "free",
    "bepul|tekin|тегін",
    "ничего|нисколько|ни ~2 стоит|стоят|стоить|платить|копейки|рубля",
    "нулев*",
    "без ~1 переплат*|процентов|надбавок",
    "беспроцентн*",
    "без комиссии|комиссий|платы|оплаты|доплат|наценок",
    "costs nothing",
    "no|without|zero ~1 fee|fees|charge|charges|commission|cost",
    "подарок|подарим|дарим|подарит|подарят|gift",
];

/// A sum that another one is compared with: "в два раза", "double".
pub(super) const MULTIPLES: &[&str] = &[
    "в ~3 раз|раза",
    "вдвое|втрое|вчетверо|впятеро|наполовину|кратно",
    "вполовину",
    "twice|thrice as|the|more|less|cheaper",
    "double|doubles|doubling|triple|triples|halve|halves",
    "times|fold more|less|cheaper|lower|higher|faster|as|better",
    "половин*|треть|четверть ~2 суммы|стоимости|цены|покупк*|денег|платежа|ставки|трат|расход*|покупок",
    "сотни|десятки|нескольк*|пару|пара ~1 тысяч|миллион*|процент*|рубл*",
    "hundreds|tens|dozens of ~1 thousands|roubles|rubles|percent|millions",
    "half the|of price|cost|rate|fee|fees|payment",
];

/// The bank's voice. "Не", "not" before it makes it honest.
pub(super) const VOICE: &[&str] = &[
    "я|мы|вам|тебе|это ~2 сотрудник|сотрудница|менеджер|специалист|представитель|консультант|работник|эксперт|банкир|оператор ~1 банка|алфа*",
    "сотрудник|сотрудница|менеджер|специалист|представитель|консультант|работник|эксперт|оператор|директор|управляющий банка|алфа*",
    "я ~1 банкир|кредитн*|банковск* ~1",
    "пишу|пишем|звоню|беспокою|говорю|это ~2 из ~2 банка|алф*|офиса|отделения|отдела",
    "из банка|алф*",
    "работаю|служу|тружусь|работаем|сижу ~3 банке|банк|банковск*|алфа*|отделени*|отделе|офисе",
    "банке|банка|алфа* ~2 работаю|служу|тружусь|работаем",
    "от имени|лица ~1 банка|алфа*",
    "мы|наш|нашего|нашем|нашему|нашим|наша|мой|моего|моем ~1 банк|банка|банке|банку|банком|алфа*",
    "мы ~2 как|и ~1 банк",
    "наш|наша|наше|наши|наших|нашем|нашего|нашей ~1 офис*|отделени*|отдел*|филиал*|клиент*|сотрудник*|банкомат*|менеджер*|специалист*|тариф*|ставк*",
    "служба|отдел ~1 безопасности|поддержки|продаж|банка|кредитования|кредитный",
    "кредитный|ипотечный|клиентский|инвестиционный отдел|менеджер|центр|специалист|департамент",
    "пишет|сообщает|информирует|беспокоит|приветствует|отвечает|говорит|звонит|связи ~1 банк|алфа*",
    "вас|вам|тебя|тебе ~1 беспокоит|пишет|отвечает|приветствует|звонит|информирует|предлагает|выбрал ~1 банк|алфа*",
    "ваш|твой персональный|личный|персональн* ~1 менеджер|банкир|консультант|специалист",
    "ваш|твой ~1 алфа*|банкир",
    "это алфа*",
    "официальн* ~1 представител*|сотрудник*|лицо",
    "банк|алфа-банк на связи",
    "мы выдаем|выдадим|начисляем|кредитуем|начислим|одобряем|снижаем|обслуживаем|доставим|доставляем",
    "працюю|співробітни*|працівни* ~2 банку|банка",
    "bank|банк xodim*|қызметкер*|ходим*",
    "i|we|this|i'm|we're|here ~4 bank|alfa* employee|staff|manager|representative|officer|team|department|advisor|adviser|consultant",
    "bank|alfa* ~1 employee|staff|manager|representative|officer|team|department|advisor|adviser|consultant|here|speaking",
    "i|we|i'm|we're|me|us ~1 at|from ~2 bank|alfa*",
    "work|working|employed|job ~1 at|for|in|by ~2 bank|alfa*",
    "on behalf of ~1 bank|alfa*",
    "our|my bank|branch*|office*|customers|clients|rates|department",
    "we ~1 are|re|as ~1 bank",
    "your ~1 banker|manager|alfa*",
    "calling|writing|speaking|greetings|hello|hi ~1 from ~1 bank|alfa*",
    "bank|alfa-bank ~1 writes|writing|welcomes|informs|here|speaking",
];

/// Ways to be reached that are not the product's: a messenger, a link that is spelt out.
pub(super) const CHANNELS: &[&str] = &[
    "ватсап*|вотсап*|вацап*|whatsapp|вайбер*|viber|инстаграм*|instagram|фейсбук*|facebook|скайп*|skype|вконтакте",
    "телеграм-канал*|телеграм-бот*|канал|канале|бот|боте ~1 телеграм*|telegram",
    "пиши|пишите|напиши|напишите|переходи|переходите|заходи|заходите ~2 бот|бота|боту|чат|канал|группу|инсту|почту|директ",
    "точка|тчк|dot ком|com|ру|ru|рф|рф|нет|net|org|орг|me|ми",
];

/// A day or a month without a number that something is said to end or begin with.
pub(super) const DAYS: &[&str] = &[
    "до|к|по|с|после понедельник*|вторник*|среды|среде|среду|четверг*|пятниц*|суббот*|воскресен*|выходн*|праздник*",
    "до|к завтра|вечера|полуночи|утра|обеда|полудня",
    "с|со следующ*|будущ* месяца|года|недели",
    "by|until|till|before tomorrow|midnight|tonight|evening",
    "до|к|под ~1 конца|концу|конец|нового|новому|новый дня|недели|месяца|года|году|год|квартала|лета|зимы|осени",
    "by|until|till|before|from|on monday|tuesday|wednesday|thursday|friday|saturday|sunday|weekend",
    "by|until|till|before ~2 end of ~1 day|week|month|year",
    "в|с|до|к|по|конца|конце|начала|начале|середины|середине январ*|феврал*|марте|марта|марту|апрел*|мая|мае|июн*|июл*|август*|сентябр*|октябр*|\
     ноябр*|декабр*",
    "in|from|until|till|by|since|before|of|next|this january|february|april|june|july|august|september|october|november|december",
];

/// A life that the person did not tell of.
pub(super) const LIFE: &[&str] = &[
    "вы|ты|у|вас|вам|тебе|тебя ~3 муж|мужем|мужа|мужу|жена|женой|жену|жене|супруг*|дети|детей|детьми|детям|ребенок|ребенка|ребенком|сын|сына|дочь|\
     дочка|дочери|дочку|внуки|внуков|мама|папа|декрет*|беремен*|родители|родителей|родителями|сестра|брат",
    "вы|ты ~2 развел*|женаты|женат|замужем|женил*|поженил*|уволил*|безработн*|сократили|богат*|бедн*|состоятельн*|переехал*|переезжа*|болеете|\
     болеешь|молод*|немолод*|пожил*|одинок*|разведен*|родили|родила|холост*",
    "вы|ты ~2 снимаете|снимаешь|арендуете|копите|уезжаете|летите|женитесь",
    "вас|тебя ~2 уволили|сократили|повысили|выгнали|обманули",
    "вас|тебя ~2 ипотека|долги|просрочк*|инвалид*|кошк*|собак*|машина|дача|бизнес|стаж",
    "ваш*|твой|твоя|твое|твои|твоей|твоего ~1 муж|мужа|жена|жены|семья|семьи|семье|дети|детям|детей|зарплат*|бизнес*|фирм*|компани*|машин*|автомоб*|дач*|\
     собак*|кошк*|отпуск*|поездк*|свадьб*|юбиле*|должност*|начальник*|стаж*|пенси*|декрет*|ремонт*|переезд*|развод*|болезн*|долги|долгам*|возраст*|\
     магазин*|профессия|профессии|коллеги",
    "с ~1 днем|днём рождения",
    "с юбилеем|новосельем|свадьбой|повышением|пополнением",
    "you|you're|you've ~2 husband|wife|children|kids|pregnant|married|divorced|retired|unemployed|rich|poor|wealthy|son|daughter|elderly|moved|\
     renting|rent|fired|single",
    "your ~1 husband|wife|children|kids|family|son|daughter|salary|business|company|car|boss|debts|debt|wedding|vacation|holiday|pension|age|shop",
    "happy birthday|anniversary",
];

/// By which a text says that the person said something.
pub(super) const SAID: &[&str] = &[
    "вы|ты ~2 писал*|написал*|сказал*|говорил*|упоминал*|упомянул*|назвал*|просил*|спрашивал*|спросил*|рассказывал*|рассказал*|жаловал*|обещал*|отмечал*",
    "you ~1 said|mentioned|wrote|told|asked|complained|promised",
];
