"""Invented news articles for measuring: seeded, about 300 words each, no two alike.

States and organisations are real names, so that resolution has work to do; people, outlets and
all that is said to have happened are made up. The sentences come from few patterns, so the text
compresses better than real news: sizes on disk measured with it are lower bounds.
"""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

WORDS = 300
"""Words from which an article ends."""
FIRST_DAY, DAYS = date(2023, 1, 1), 730
SENTENCES_PER_PARAGRAPH = (2, 4)


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


STATES = _words(
    "Armenia Australia Austria Azerbaijan Belgium Brazil Canada Chile China Denmark Egypt Finland "
    "France Germany Greece India Indonesia Iran Ireland Italy Japan Jordan Kazakhstan Kenya "
    "Kyrgyzstan Malaysia Mexico Mongolia Morocco Nepal Nigeria Norway Oman Pakistan Poland "
    "Portugal Qatar Romania Russia Senegal Singapore Spain Sweden Switzerland Tajikistan Thailand "
    "Turkmenistan Ukraine Uzbekistan Vietnam"
)
ORGANISATIONS = (
    "the United Nations",
    "the European Union",
    "NATO",
    "the World Bank",
    "the African Union",
    "the Shanghai Cooperation Organisation",
    "the Arab League",
    "the International Monetary Fund",
)
CITIES = _words(
    "Geneva Vienna Doha Tashkent Astana Nairobi Oslo Brussels Cairo Jakarta Istanbul Dushanbe "
    "Lisbon Warsaw Singapore Helsinki Amman Delhi"
)
FIRST = _words(
    "Amira Anders Beatriz Carlos Dilnoza Elif Farid Greta Henrik Ines Jamal Katya Lars Marta "
    "Nadia Omar Petra Rashid Sofia Tomas"
)
LAST = _words(
    "Abarov Bergqvist Castelo Dahlin Eskandar Fontaine Gulzari Halvorsen Iskra Janssens Karimli "
    "Lindqvist Moravec Nasrin Okoye Petrakis Qureshan Rahmonov Silvano Tervo"
)
OFFICES = (
    "foreign minister",
    "defence minister",
    "trade minister",
    "special envoy",
    "ambassador",
    "deputy prime minister",
    "government spokesperson",
)
TOPICS = (
    "the water treaty",
    "grain exports",
    "the border crossing",
    "the gas pipeline",
    "the new customs rules",
    "prisoner exchanges",
    "fishing rights",
    "the rail link",
    "the refugee fund",
    "the sanctions",
    "the ceasefire",
    "the visa regime",
    "the energy agreement",
    "the monitoring mission",
)
PRAISE = ("praised", "welcomed", "backed", "endorsed", "supported")
BLAME = ("criticised", "condemned", "rejected", "opposed", "denounced")
SAYS = ("said", "announced", "stressed", "insisted", "noted", "argued", "warned")
MOODS = ("cautious", "long", "difficult", "constructive", "brief", "unusually open", "tense")
THINGS = (
    "a draft timetable",
    "a joint commission",
    "a list of projects",
    "a hotline between ministries",
    "an inspection plan",
    "a fund for repairs",
    "a text of twelve points",
)
OUTLETS = ("Harbour Courier", "Meridian Wire", "Continental Post", "The Ledger of Record")

PATTERNS = (
    "{A} and {B} {agreed} on {topic} after {mood} talks in {city} on {weekday}.",
    "{Pa}, the {oa} of {A}, met {Pb} in {city} on {day} to discuss {topic}.",
    "“We want {thing} before the end of {month}, and we want it in writing,” {la} {says}.",
    "{lb} {says} that {B} would send {number} experts to {city} next week.",
    "{C} {praise} the plan on {topic}, while {D} {blame} it.",
    "According to {org}, trade between {A} and {B} grew by {percent} percent in {year}.",
    "{la} {blame} {D} for what the {oa} called a delay of {number} months.",
    "“Nobody in {city} expects {thing} tomorrow,” {lb} told reporters, “but the door is open.”",
    "The talks began in {month} {year} and were broken off twice, most recently three weeks ago.",
    "{org} offered to host another round in {other_city} in {month}.",
    "A spokesperson for {C} {says} the government had not yet seen {thing}.",
    "{D} recalled its ambassador from {city} on {day}, a step that {A} {blame}.",
    "Diplomats from {C} {says} the {mood} meeting had produced {thing} and little else.",
    "{A} {praise} {C} for its part in {topic}, which goes back to {year}.",
    "{lb} denied that {B} had asked for {number} million dollars in return.",
    "Under the text, {B} must open its archives by {day}, and {A} must withdraw {number} guards.",
    "On {weekday}, protesters gathered outside the embassy of {D} in {city} over {topic}.",
    "“{C} has been patient since {year},” {la} {says}, adding that patience “is not a policy.”",
    "Analysts in {other_city} called the outcome {mood}, given how far apart {B} and {D} stood.",
    "{org} {blame} the use of {topic} as a lever and called on {D} to return to the table.",
    "A vote on {topic} is planned for {day}; {C} and {D} have asked for a postponement.",
    "In {month} {year}, {B} had {praise} a similar proposal, only to drop it within days.",
)


def articles(count: int, *, seed: int, first: int = 0) -> Iterator[dict[str, str]]:
    """Yield `count` records (url, title, byline, publisher, published_at, text) from `first` on.

    A record depends on its number and `seed` alone, not on how many are asked for.
    """
    for number in range(first, first + count):
        yield _article(Random(f"{seed}:{number}"), number)


def write_articles(path: Path, count: int, *, seed: int, first: int = 0) -> Path:
    """Write the records as JSON Lines to `path` and return it."""
    with path.open("w", encoding="utf-8") as file:
        for record in articles(count, seed=seed, first=first):
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
    return path


def _article(rng: Random, number: int) -> dict[str, str]:
    day = FIRST_DAY + timedelta(days=rng.randrange(DAYS))
    cast = _cast(rng)
    paragraphs: list[str] = []
    words = 0
    while words < WORDS:
        wanted = rng.randint(*SENTENCES_PER_PARAGRAPH)
        sentences = [_sentence(rng, pattern, cast, day) for pattern in rng.sample(PATTERNS, wanted)]
        paragraphs.append(" ".join(sentences))
        words += len(paragraphs[-1].split())
    title = f"{cast['A']} and {cast['B']} talk about {rng.choice(TOPICS)}"
    slug = title.lower().replace(" ", "-")
    return {
        "url": f"https://generated.example/{day:%Y/%m/%d}/{slug}-{number}",
        "title": title,
        "byline": f"{rng.choice(FIRST)} {rng.choice(LAST)}",
        "publisher": rng.choice(OUTLETS),
        "published_at": day.isoformat(),
        "text": "\n\n".join(paragraphs),
    }


def _cast(rng: Random) -> dict[str, str]:
    """Return who acts throughout an article: four states and two people with their offices."""
    states = dict(zip("ABCD", rng.sample(STATES, 4), strict=True))
    names = rng.sample(LAST, 2)
    people = {f"l{key}": name for key, name in zip("ab", names, strict=True)}
    people |= {f"P{key}": f"{rng.choice(FIRST)} {people[f'l{key}']}" for key in "ab"}
    return states | people | {"oa": rng.choice(OFFICES)}


def _sentence(rng: Random, pattern: str, cast: dict[str, str], day: date) -> str:
    other = day + timedelta(days=rng.randint(-200, 90))
    city, other_city = rng.sample(CITIES, 2)
    text = pattern.format(
        **cast,
        agreed=rng.choice(("agreed", "failed to agree", "reached an agreement")),
        topic=rng.choice(TOPICS),
        mood=rng.choice(MOODS),
        city=city,
        other_city=other_city,
        weekday=f"{other:%A}",
        day=f"{other.day} {other:%B %Y}",
        month=f"{other:%B}",
        year=other.year,
        thing=rng.choice(THINGS),
        number=rng.randint(2, 90),
        percent=f"{rng.uniform(0.5, 30):.1f}",
        says=rng.choice(SAYS),
        praise=rng.choice(PRAISE),
        blame=rng.choice(BLAME),
        org=rng.choice(ORGANISATIONS),
    )
    return text[0].upper() + text[1:]
