"""Closed word classes of English and small word families on which the baseline rules rest.

All words are lower-case; the apostrophe is the straight one.
"""


def words(text: str) -> frozenset[str]:
    """Return the words of `text`, which are parted by white space."""
    return frozenset(text.split())


DETERMINERS = words(
    "the a an this that these those all both some many several most each every any no "
    "its his her their our my your"
)
PREPOSITIONS = words(
    "of in on at by from with without for to into onto over under against about between among "
    "through during before after since until upon within towards toward across near around "
    "behind despite along beyond amid via per like as than outside inside off"
)
CONJUNCTIONS = words("and or but nor yet while whereas because although though if when so")
SUBORDINATORS = words("after before since until as")
"""Words that open a clause as well as a phrase: 'after X left' as 'after the war'."""
RELATIVES = words("who which that whom whose where")
PRONOUNS = words("he she they it i we you who")
OBJECT_PRONOUNS = words("him them me us himself herself itself themselves ourselves")
BE = words("is are was were be been being am 's 're 'm")
HAVE = words("has have had having 've")
DO = words("do does did")
POSSIBLE = words("would could may might can ca 'd should")
WILL = words("will shall wo 'll must")
AUXILIARIES = BE | HAVE | DO | POSSIBLE | WILL
IRREGULAR_PAST = words(
    "went came said made took gave got became began saw told held led left met won ran sent "
    "brought bought built caught fell felt flew found fought kept knew lost paid rose sat sold "
    "spoke spent stood struck thought threw wrote drew broke chose drove fled froze shot"
)
SAME_PAST = words("hit cut quit beat put set shut let cast cost")
"""Verbs whose past is the base form."""
NEGATIONS = words("not n't never no neither nor hardly")
ADVERBS = words(
    "also still now then again already always often once soon just even ever too nevertheless "
    "therefore thus instead later further both all long so far first once rather yet "
    "today yesterday tomorrow"
)
NOT_ADVERBS = words("family ally supply reply rally assembly fly apply imply july italy")
WEEKDAYS = words("monday tuesday wednesday thursday friday saturday sunday")
TIME_WORDS = WEEKDAYS | words(
    "day week month year night morning afternoon evening weekend time times today minutes hours "
    "days weeks months years january february march april may june july august september october "
    "november december last next earlier late early"
)
CLOSED = (
    DETERMINERS
    | PREPOSITIONS
    | CONJUNCTIONS
    | RELATIVES
    | PRONOUNS
    | OBJECT_PRONOUNS
    | AUXILIARIES
    | NEGATIONS
    | ADVERBS
    | WEEKDAYS
)

_CATENATIVE_CLASSES = {
    "asserted": words(
        "continue continues continued continuing begin begins began start started proceeded "
        "proceeds went goes agreed agrees decided decides moved managed came rushed used"
    ),
    "planned": words(
        "going plan plans planned planning intend intends intended vowed vows pledged pledges "
        "promised promises threatened threatens threatening set prepared preparing prepares due "
        "expected ready willing scheduled"
    ),
    "desired": words(
        "want wants wanted hope hopes hoped wish wishes seek seeks sought seeking try tries tried "
        "trying need needs needed attempted attempts attempting aim aims aimed urged"
    ),
    "possible": words("able likely free"),
    "denied": words(
        "refuse refuses refused refusing fail fails failed decline declines declined declining "
        "unwilling reluctant unable"
    ),
}
CATENATIVES = {word: kind for kind, group in _CATENATIVE_CLASSES.items() for word in group}
"""Words that lend their subject to an infinitive after 'to', and how they put it; `denied`
means that it does not happen."""

ROLES = words(
    "envoy president minister ambassador spokesman spokeswoman spokesperson diplomat leader "
    "senator governor mayor secretary chancellor premier chairman chairwoman director author "
    "lawyer candidate nominee congressman congresswoman prosecutor judge commissioner chief "
    "general commander professor king queen pope activist historian analyst"
)
"""Nouns that name a person by office; after 'the', they may take up a person named before."""

STATE_HEADS = words(
    "government governments authorities officials official forces force troops military army navy "
    "police administration leadership leaders leader regime state diplomats lawmakers ministry "
    "ministers minister president premier parliament side delegation delegations court warplanes "
    "jets soldiers airstrikes fighters commanders navies team allies ambassador ambassadors envoy "
    "envoys diplomat representative representatives spokesman spokeswoman spokesperson negotiators "
    "negotiator embassy chancellor king militants insurgents gunmen rebels movement republic "
    "prosecutors congress senate planes drones helicopters warships intelligence navy authority"
)
"""Nouns that stand for a state or body when its name or demonym comes before them."""

TITLE_WORDS = (
    ROLES | STATE_HEADS | words("former then vice prime acting deputy foreign special interim new")
)
"""Words that may stand between a state and the name of its office-holder."""

DEEDS = words(
    "action actions aggression attack attacks attempt attempts behaviour behavior campaign "
    "campaigns claim claims commitment conduct contribution contributions crackdown crimes "
    "decision decisions demand demands effort efforts handling help idea initiative initiatives "
    "interference intervention invasion leadership moves move occupation offer offensive "
    "operation operations performance plan plans policies policy position progress proposal "
    "proposals provocations refusal request response right rights role ruling sovereignty stance "
    "statement statements strategy strike strikes struggle support terrorism threats treatment "
    "violations violence vision war withdrawal work integrity independence membership bid cause "
    "restraint involvement announcement remarks comments programme program activities choice "
    "recognition extension presence return contacts pragmatism draft text deal agreement"
)
"""Nouns for what somebody does or is due: a verdict on the deed is one on its doer."""

BENEFITS = words("role seat place voice membership")
"""Nouns which, with 'for' and a name, are in that name's favour."""

HOSTILE_NOUNS = words(
    "sanctions sanction war struggle fight battle campaign measures action actions crackdown "
    "offensive operation operations strike strikes attack attacks embargo tariffs boycott "
    "blockade aggression terrorism threats resolution"
)
"""Deeds that are aimed, with 'against' or 'on', at somebody."""

HOSTILE_VERBS = words(
    "weaken overthrow topple undermine destabilise destabilize isolate punish sanction attack "
    "contain oust remove ban defeat destroy eliminate fight combat counter dismantle expel "
    "invade impeach blame"
)
"""Infinitives that make 'efforts to ... X' hostile to X."""

REVERSING_NOUNS = words(
    "critics opponents opponent enemies enemy rivals rival adversaries victims victim opposition "
    "dissidents defeat removal impeachment collapse fall death killing murder arrest absence "
    "resignation ouster sanctions son daughter wife husband brother sister father mother friend "
    "friends neighbours neighbors neighbour neighbor ally allies supporters voters fans"
)
"""Nouns after which a verdict is not one on the possessor, or points the other way."""
