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
POSSIBLE = words("would could may might can ca 'd should")
NEGATIONS = words("not n't never no neither nor hardly")
WEEKDAYS = words("monday tuesday wednesday thursday friday saturday sunday")
TIME_WORDS = WEEKDAYS | words(
    "day week month year night morning afternoon evening weekend time times today minutes hours "
    "days weeks months years january february march april may june july august september october "
    "november december last next earlier late early"
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

HOSTILE_NOUNS = words(
    "sanctions sanction war struggle fight battle campaign measures action actions crackdown "
    "offensive operation operations strike strikes attack attacks embargo tariffs boycott "
    "blockade aggression terrorism threats resolution"
)
"""Deeds that are aimed, with 'against' or 'on', at somebody."""
