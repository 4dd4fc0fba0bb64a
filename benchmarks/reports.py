"""Invented pairs of reports that share facts or a template and still are two."""

from collections.abc import Callable
from datetime import timedelta
from random import Random

from benchmarks.generated import CITIES, FIRST, FIRST_DAY, LAST, ORGANISATIONS, STATES
from benchmarks.variants import Pair

ONE_DESK = (
    "A blast at a {plant} on the edge of {city} killed {dead} people and injured {hurt} on "
    "{day}, the authorities said.",
    "Fire crews took {hours} hours to bring the flames under control, and {moved} residents "
    "were taken to schools and sports halls for the night.",
    "“{quote},” {person}, the mayor of {city}, told reporters outside the gates.",
    "{boss}, who runs the operating company, promised an inquiry and said that the safety "
    "valves had been tested in {month}.",
    "Neighbours described a flash that lit up the whole valley, then windows bursting along "
    "{street}.",
    "{org} offered medicines and a team of burn specialists, which the health ministry accepted.",
    "Prosecutors have opened a case against persons unknown and sealed the control room.",
)
OTHER_DESK = (
    "At least {dead} workers are dead after an explosion tore through a {plant} near {city}.",
    "Hospitals admitted {hurt} patients, most of them with burns; {moved} people had to leave "
    "their homes before the fire was put out {hours} hours later.",
    "Mayor {person} was visibly shaken. “{quote},” the mayor said.",
    "The company's head, {boss}, spoke of the darkest day in its history and announced that "
    "outside experts would look into the causes; the last check of the valves was in {month}.",
    "All along {street} glass lay on the pavements, and the glow could be seen from far away, "
    "those who live there recall.",
    "Help has come from {org}, whose doctors are on their way at the request of the government.",
    "An investigation by the public prosecutor is under way; nobody has been charged so far.",
)
BACKGROUND = (
    "The {plant} was opened in {year} and employs {staff} people, which makes it the largest "
    "employer of the district. In {earlier} a smaller fire there destroyed a warehouse, and a "
    "court later fined the operator for missing sprinklers. Residents have asked for years that "
    "it be moved away from houses."
)
QUOTES = (
    "We have lost friends, and we want to know why",
    "Nobody in this town will sleep tonight, and nobody will forget it",
    "I have known these families all my life and I have no words for them",
)
PLANTS = ("fertiliser works", "gas depot", "paint factory", "sugar refinery", "paper mill")
STREETS = ("Harbour Street", "Mill Lane", "Station Road", "the Old Quay")
MONTHS = ("January", "March", "May", "June", "August", "October")
MARKET = (
    "Shares in {city} {moved} {a} percent on {day}, with the main index closing at {index} "
    "points. Banks {moved2} {b} percent and energy companies {moved3} {c} percent. {firm} was "
    "the biggest {side} of the day, at {d} percent. The currency stood at {rate} to the dollar, "
    "against {rate2} the day before. Oil for delivery in {month} cost {oil} dollars a barrel. "
    "Traders pointed to {cause} and to thin trading ahead of the weekend. The yield on "
    "government bonds of ten years {moved4} to {y} percent. About {volume} million shares "
    "changed hands, compared with an average of {volume2} million over the past month. Markets "
    "open again tomorrow at nine in the morning."
)
WEATHER = (
    "{city} will be {sky} on {day} with highs of {a} degrees and lows of {b} degrees. Winds "
    "from the {wind} will reach {c} kilometres an hour along the coast. The chance of rain is "
    "{d} percent in the morning and {e} percent in the evening. {month} has so far brought {f} "
    "millimetres, against a long-term mean of {g} millimetres. The sun rises at {h} and sets at "
    "{i}. Drivers are asked to watch for {hazard} on mountain roads, and sailors should listen "
    "to the forecasts of the harbour office. The outlook for the following days is {sky2}, the "
    "weather service said."
)
DAILY = (
    "The health ministry of {country} counted {a} new cases of the fever and {b} deaths on {day}, "
    "its daily report says. Since the start of the outbreak {c} people have fallen ill, and {d} of "
    "them have died. Hospitals in {city} and in the northern districts are treating {e} patients, "
    "and mobile teams vaccinated {f} people within the day. The ministry repeated its advice to "
    "boil water before drinking, to wash hands with soap, to keep food covered, and to call the "
    "free line at the first sign of illness. Schools in the districts concerned remain closed "
    "until further notice, as do markets and places of worship, while pharmacies and bakeries may "
    "open in the morning. Travel between the districts needs a permit, which the police check at "
    "all main roads. The ministry publishes its report every day at noon, and experts of {org} "
    "help with the count. The government has asked its partners for more tents, gloves and masks."
)
NOTICE = (
    "The foreign minister of {a}, {first} {last}, will travel to {city} on {day} for talks with "
    "{org} on {subject}, the ministry said."
)
SHORT = (
    "{org} said on {day} that {n} people were rescued near {city} after a {craft} ran into "
    "trouble. No one was hurt, a spokesperson said, and an inquiry is under way."
)


def events(rng: Random) -> Pair:
    """Return two reports of one event: same facts, names, quote and background, other words."""
    facts = _facts(rng)
    background = BACKGROUND.format(**facts)
    first = [sentence.format(**facts) for sentence in ONE_DESK]
    second = [sentence.format(**facts) for sentence in OTHER_DESK]
    earlier, later = (_laid_out(report, background) for report in (first, second))
    return Pair("two reports of one event", earlier, later, False)


def _laid_out(sentences: list[str], background: str) -> str:
    return "\n\n".join([" ".join(sentences[:3]), " ".join(sentences[3:]), background])


def _facts(rng: Random) -> dict[str, object]:
    return {
        "plant": rng.choice(PLANTS),
        "city": rng.choice(CITIES),
        "street": rng.choice(STREETS),
        "day": rng.choice(("Monday", "Tuesday", "Friday")),
        "month": rng.choice(MONTHS),
        "quote": rng.choice(QUOTES),
        "org": rng.choice(ORGANISATIONS),
        "person": f"{rng.choice(FIRST)} {rng.choice(LAST)}",
        "boss": f"{rng.choice(FIRST)} {rng.choice(LAST)}",
        "dead": rng.randint(3, 40),
        "hurt": rng.randint(20, 300),
        "hours": rng.randint(3, 20),
        "moved": rng.randint(100, 4000),
        "year": rng.randint(1950, 1999),
        "staff": rng.randint(200, 5000),
        "earlier": rng.randint(2000, 2020),
    }


def markets(rng: Random) -> Pair:
    """Return the market report of one place on two days."""
    city = rng.choice(CITIES)
    return Pair("market report of another day", _market(rng, city), _market(rng, city), False)


def _market(rng: Random, city: str) -> str:
    ways = ("rose", "fell", "gained", "lost", "slipped", "added")
    return MARKET.format(
        city=city,
        day=_day(rng),
        month=rng.choice(MONTHS),
        side=rng.choice(("gainer", "loser")),
        firm=f"{rng.choice(LAST)} Holding",
        cause=rng.choice(("interest rates", "weak exports", "the harvest")),
        index=rng.randint(9000, 12000),
        volume=rng.randint(40, 400),
        volume2=rng.randint(100, 200),
        **{f"moved{n}": rng.choice(ways) for n in ("", 2, 3, 4)},
        **{key: f"{rng.uniform(0.1, 4):.1f}" for key in "abcdy"},
        rate=f"{rng.uniform(40, 44):.2f}",
        rate2=f"{rng.uniform(40, 44):.2f}",
        oil=f"{rng.uniform(60, 90):.2f}",
    )


def weather(rng: Random) -> Pair:
    """Return the forecast for one place on two days."""
    city = rng.choice(CITIES)
    return Pair("forecast of another day", _forecast(rng, city), _forecast(rng, city), False)


def _forecast(rng: Random, city: str) -> str:
    skies = ("sunny", "cloudy", "rainy", "mostly dry", "foggy")
    return WEATHER.format(
        city=city,
        day=_day(rng),
        month=rng.choice(MONTHS),
        sky=rng.choice(skies),
        sky2=rng.choice(skies),
        wind=rng.choice(("north", "south", "east", "west")),
        hazard=rng.choice(("ice", "fallen trees", "fog")),
        h=f"{rng.randint(5, 8)}:{rng.randint(10, 59)}",
        i=f"{rng.randint(16, 21)}:{rng.randint(10, 59)}",
        **{key: rng.randint(1, 99) for key in "abcdefg"},
    )


def daily_reports(rng: Random) -> Pair:
    """Return an outbreak report of two days, which differs in its figures alone."""
    place = {
        "country": rng.choice(STATES),
        "city": rng.choice(CITIES),
        "org": rng.choice(ORGANISATIONS),
    }
    earlier, later = (
        DAILY.format(day=_day(rng), **place, **{key: str(rng.randint(1, 9000)) for key in "abcdef"})
        for _ in "12"
    )
    return Pair("daily report of another day", earlier, later, False)


def notices(rng: Random) -> Pair:
    """Return two short items of about 25 words from one phrase."""
    phrase = rng.choice((NOTICE, SHORT))
    earlier, later = (
        phrase.format(
            a=rng.choice(STATES),
            first=rng.choice(FIRST),
            last=rng.choice(LAST),
            city=rng.choice(CITIES),
            day=_day(rng),
            org=rng.choice(ORGANISATIONS),
            n=rng.randint(2, 60),
            subject=rng.choice(("grain", "visas", "gas")),
            craft=rng.choice(("ferry", "coach", "glider")),
        )
        for _ in "12"
    )
    return Pair("short items of one phrase", earlier, later, False)


def _day(rng: Random) -> str:
    day = FIRST_DAY + timedelta(days=rng.randrange(700))
    return f"{day:%A}, {day.day} {day:%B}"


REPORTS: tuple[Callable[[Random], Pair], ...] = (
    events,
    markets,
    weather,
    daily_reports,
    notices,
)
