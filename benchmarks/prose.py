"""Invented English prose in which hardly five words in a row are ever said twice.

For measuring what depends on how much texts resemble each other; `generated.py` has better
sentences, but few of them. Every frame draws most of its words from lists of some fifty.
"""

from random import Random

from benchmarks.generated import CITIES, STATES


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


NOUNS = _words(
    "agreement airport archive bakery bridge budget canal choir clinic coast college committee "
    "concert contract council court crop dam deadline delegation depot dialect district drought "
    "election engine exhibition factory ferry festival fishery forecast forest fund glacier grant "
    "harbour harvest hospital hotel inquiry island laboratory league library market mayor meadow "
    "mine ministry museum orchard parliament petition pier poll port programme quarry railway "
    "reactor reform refinery reservoir river road satellite school senate shipyard stadium storm "
    "strike studio subsidy summit survey tariff theatre tournament tower treaty tribunal tunnel "
    "union university valley village vineyard warehouse wharf"
)
ADJECTIVES = _words(
    "abandoned ambitious ancient awkward brief bright busy careful cautious cheap coastal costly "
    "crowded delayed distant dusty early eastern empty expensive famous fragile frozen generous "
    "hidden historic hollow idle joint lasting late local lonely lively modern modest narrow new "
    "northern noisy obscure patient peaceful popular private proud public quiet rapid remote rural "
    "rusty scarce secret silent southern steep stubborn sudden temporary tidy urgent vacant western"
)
VERBS = _words(
    "abandoned accepted admired approved avoided bought built cancelled celebrated changed chose "
    "cleaned closed criticised defended delayed described designed discussed divided doubted drew "
    "enlarged examined expected explained feared financed followed forgot guarded helped ignored "
    "improved inspected joined launched left lost measured missed moved named noticed opened "
    "painted planned praised preferred promised protected published questioned reached rebuilt "
    "recalled repaired replaced reported restored reviewed saved searched sold studied supported "
    "surprised tested visited wanted warned watched welcomed"
)
PEOPLE = _words(
    "architects bankers carpenters chemists clerks critics dancers dentists doctors editors "
    "engineers farmers firefighters fishermen foresters gardeners geologists guards historians "
    "inspectors journalists judges lawyers librarians merchants miners musicians neighbours nurses "
    "officials painters pensioners pilots planners poets porters professors residents sailors "
    "scholars students surveyors tailors teachers tenants tourists traders voters weavers"
)
ADVERBS = _words(
    "already barely briefly carefully clearly eagerly finally firmly gladly gradually hardly "
    "hastily jointly largely later mostly openly partly politely privately promptly proudly "
    "publicly quickly quietly rarely readily sharply silently slowly soon suddenly twice warily"
)
FRAMES = (
    "{adverb} {people} from {city} {verb} the {adjective} {noun} near {place}.",
    "The {adjective} {noun} {adverb} {verb} {number} {people} and a {noun2}.",
    "In {city}, a {noun} that {people} {verb} has {adverb} {verb2} the {adjective} {noun2}.",
    "{people} of {place} {verb} every {adjective} {noun}, but {people2} {verb2} the {noun2}.",
    "About {number} {people} {adverb} {verb} what {people2} {verb2} as a {adjective} {noun}.",
    "When the {noun} of {place} {verb} its {adjective} {noun2}, {people} {verb2} {city} {adverb}.",
    "No {noun} in {place} {verb} as many {adjective} {people} as the {noun2} of {city}.",
    "“{people} {verb} our {adjective} {noun},” said {number} {people2}, who {adverb} {verb2} it.",
    "Neither the {noun} nor the {adjective} {noun2} {verb} {people} in {city} {number} times.",
    "Its {noun} {verb} {place}, and {adjective} {people} {adverb} {verb2} the {noun2}.",
)
SENTENCES_PER_PARAGRAPH = 4


def paragraphs(rng: Random, words: int) -> list[str]:
    """Return paragraphs of `words` words or a few more in all."""
    found: list[str] = []
    count = 0
    while count < words:
        found.append(" ".join(sentence(rng) for _ in range(SENTENCES_PER_PARAGRAPH)))
        count += len(found[-1].split())
    return found


def sentence(rng: Random) -> str:
    """Return one sentence of about a dozen words."""
    text = rng.choice(FRAMES).format(
        adverb=rng.choice(ADVERBS),
        adjective=rng.choice(ADJECTIVES),
        noun=rng.choice(NOUNS),
        noun2=rng.choice(NOUNS),
        people=rng.choice(PEOPLE),
        people2=rng.choice(PEOPLE),
        verb=rng.choice(VERBS),
        verb2=rng.choice(VERBS),
        city=rng.choice(CITIES),
        place=rng.choice(STATES),
        number=rng.randint(3, 990),
    )
    return text[0].upper() + text[1:]


def headline(rng: Random) -> str:
    """Return a headline of six words."""
    noun, other = rng.sample(NOUNS, 2)
    return (
        f"{rng.choice(ADJECTIVES)} {noun} {rng.choice(VERBS)} {rng.choice(ADJECTIVES)} {other} "
        f"in {rng.choice(CITIES)}"
    ).capitalize()
