"""The table contract: every table and column, declared once, with its meaning.

A table is a frozen dataclass. Its fields are its columns: the type gives the column type,
`| None` makes it nullable, a `Literal` closes the set of values, and the text in `Annotated`
is the column's meaning. Arrow schemas, DuckLake DDL, `data_dictionary` and
`docs/data-dictionary.md` are derived from here by `warehouse.schema`. Names are public and
stable: add columns freely, rename none.

This file is long because it is one idea, the contract; nothing else lives here.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Literal

ItemState = Literal["processed", "unchanged", "duplicate", "revised", "rejected"]
RejectionStage = Literal["discover", "fetch", "parse", "annotate"]
RejectionReason = Literal[
    "bad_address",
    "binary",
    "denied",
    "empty",
    "encoding",
    "forbidden_address",
    "gone",
    "internal_error",
    "language",
    "malformed",
    "missing_column",
    "no_text",
    "redirects",
    "robots",
    "too_large",
    "unavailable",
    "unreadable",
    "unsupported",
    "wrong_type",
]
MediaType = Literal[
    "text/plain", "text/html", "text/markdown", "application/json", "message/rfc822"
]
ListedMethod = Literal["feed", "sitemap"]
FetchKind = Literal["page", "feed", "sitemap", "address_list", "archived"]
BlockKind = Literal[
    "title",
    "paragraph",
    "heading",
    "list_item",
    "quote",
    "table",
    "caption",
    "byline",
    "source",
    "date",
    "teaser",
    "sign_up",
]
Genre = Literal["news", "opinion", "interview", "transcript", "press_release", "unknown"]
PublishedMethod = Literal[
    "record",
    "jsonld",
    "meta",
    "feed",
    "sitemap",
    "url",
    "text",
    "lower_bound",
    "correction",
    "none",
]
Voice = Literal["author", "quoted", "mixed"]
EntityType = Literal[
    "state",
    "government",
    "institution",
    "international_organisation",
    "organisation",
    "armed_group",
    "party",
    "media",
    "company",
    "person",
    "people",
    "city",
    "region",
    "group_of_states",
    "format",
    "initiative",
    "event",
    "other",
]
Origin = Literal["registry", "discovered"]
AliasKind = Literal["name", "acronym", "demonym", "metonym"]
DecidedBy = Literal["rule", "user"]
MentionLabel = Literal["PERSON", "ORG", "GPE", "LOC", "NORP", "EVENT", "MISC"]
MentionKind = Literal["name", "alias", "acronym", "metonym", "demonym", "nominal", "pronoun"]
StatementKind = Literal["direct", "indirect", "mixed"]
SpeakerType = Literal["named", "role", "pronoun", "unnamed", "document", "author"]
"""By a name, by an office or a description, by a pronoun, as somebody without a name ('a source'),
as a poll or paper, or as the one who writes."""
CueClass = Literal[
    "neutral",
    "claim",
    "admit",
    "deny",
    "praise",
    "criticise",
    "demand",
    "warn",
    "promise",
    "propose",
    "hope",
    "thank",
    "ask",
]
Modality = Literal["asserted", "possible", "planned", "hypothetical", "desired", "denied"]
Polarity = Literal["support", "oppose", "neutral"]
StanceVoice = Literal["author", "speaker", "actor"]
AsOfMethod = Literal["statement", "act", "publication"]
TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
TimexModifier = Literal[
    "BEFORE",
    "AFTER",
    "ON_OR_BEFORE",
    "ON_OR_AFTER",
    "LESS_THAN",
    "MORE_THAN",
    "EQUAL_OR_LESS",
    "EQUAL_OR_MORE",
    "START",
    "MID",
    "END",
    "APPROX",
]
Granularity = Literal[
    "minute",
    "hour",
    "part_of_day",
    "day",
    "week",
    "month",
    "season",
    "quarter",
    "half_year",
    "year",
    "decade",
    "century",
    "relative",
]
TimexMethod = Literal[
    "explicit", "published", "not_before", "narrative", "range", "named", "vague", "none"
]
DateMethod = Literal["clause", "adjacent", "published", "not_before", "none"]
QuadClass = Literal[
    "verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict"
]
CorrectionKind = Literal["merge_entities", "split_entity", "set_value", "reject_row"]
CorrectionOrigin = Literal["shipped", "user"]
CorrectionState = Literal["applied", "stale", "absent"]
RunStatus = Literal["running", "succeeded", "checks_failed", "failed", "interrupted"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """one article, in its latest revision"""

    article_id: Annotated[
        str,
        "16 hex digits of SHA-256 over the canonical URL, or over the normalised text "
        "where there is no URL",
    ]
    revision: Annotated[int, "1 for the first text seen, one more for each change"] = 1
    source_id: Annotated[str, "source the article came from; 'local' for paths given by hand"]
    url: Annotated[str | None, "address as given by the source"] = None
    canonical_url: Annotated[
        str | None, "address without tracking, fragment and scheme variants"
    ] = None
    title: Annotated[str | None, "headline"] = None
    byline: Annotated[str | None, "persons named as authors, without 'By'"] = None
    byline_organisation: Annotated[
        str | None, "organisation that the byline names, such as an agency or a news desk"
    ] = None
    publisher: Annotated[str | None, "outlet in which this text appeared"] = None
    original_source: Annotated[str | None, "outlet or agency credited as the origin"] = None
    genre: Annotated[Genre, "kind of text"] = "unknown"
    language: Annotated[str | None, "ISO 639-1 code, detected"] = None
    published_at: Annotated[datetime | None, "time of publication, where a time is known"] = None
    published_on: Annotated[date | None, "day of publication, never a crawl date"] = None
    published_method: Annotated[PublishedMethod, "where the publication date was found"] = "none"
    published_not_before: Annotated[
        date | None, "latest full date named in the text, where no publication date was found"
    ] = None
    fetched_at: Annotated[datetime, "when demarche read the item"]
    text: Annotated[str, "body, paragraphs parted by a blank line; all offsets count in it"]
    text_sha256: Annotated[str, "SHA-256 of the normalised text; equal for exact duplicates"]
    word_count: Annotated[int, "white-space separated words of text"]
    duplicate_of: Annotated[str | None, "article_id of the article whose text this repeats"] = None
    similarity: Annotated[
        float | None, "share of its words that the original has, in the same order; 1: all"
    ] = None
    cluster_id: Annotated[str, "article_id of the original of this text: its own, or duplicate_of"]
    raw_ref: Annotated[str, "SHA-256 of the raw bytes kept under raw/"]
    media_type: Annotated[MediaType, "how the raw bytes are to be read"]
    annotated_with: Annotated[
        str | None, "version of the extraction that filled this article's rows; NULL: waiting"
    ] = None
    step_versions: Annotated[
        str | None, "version key of each step of that extraction, as step=key; NULL: not known"
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """one block of an article as it was laid out: a paragraph, a heading, a byline, a teaser"""

    block_id: Annotated[str, "derived from article_id and position"]
    article_id: Annotated[str, "article"]
    position: Annotated[int, "0-based position in the article"]
    kind: Annotated[BlockKind, "what it is"]
    text: Annotated[str, "the block, verbatim"]
    start_char: Annotated[
        int | None, "first character in articles.text; NULL: not part of it, such as a teaser"
    ] = None
    end_char: Annotated[int | None, "one past the last character"] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """one sentence of an article"""

    sentence_id: Annotated[str, "derived from article_id and span"]
    article_id: Annotated[str, "article"]
    position: Annotated[int, "0-based position in the article"]
    paragraph: Annotated[int, "0-based paragraph"]
    start_char: Annotated[int, "first character in articles.text (code points)"]
    end_char: Annotated[int, "one past the last character"]
    text: Annotated[str, "the sentence, verbatim"]
    pairs_left_out: Annotated[
        int, "pairs of holder and target that were too many for the classifier to read"
    ] = 0
    voice: Annotated[Voice, "whose words: the author's, those of who is quoted or told of, or both"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """one real-world thing"""

    entity_id: Annotated[str, "type and name in readable form, such as state:rus"]
    name: Annotated[str, "preferred English name"]
    type: Annotated[EntityType, "what it is"]
    country_iso3: Annotated[str | None, "ISO 3166-1 alpha-3 of the state it belongs to"] = None
    wikidata_id: Annotated[str | None, "Wikidata item, only where certain"] = None
    description: Annotated[str | None, "one line"] = None
    origin: Annotated[Origin, "reviewed registry, or found in articles"]
    first_seen_on: Annotated[
        date | None, "day of the earliest article that mentions it (publication, or lower bound)"
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityAlias:
    """one name of an entity"""

    entity_id: Annotated[str, "entity"]
    alias: Annotated[str, "name, verbatim"]
    kind: Annotated[AliasKind, "how the name relates to the entity"]
    origin: Annotated[Origin, "reviewed registry, or found in articles"]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityRole:
    """a role that somebody held, from the registry or as an article names it"""

    entity_id: Annotated[str, "person"]
    role: Annotated[str, "role, such as 'foreign minister'"]
    organisation_id: Annotated[str | None, "entity in which or for which the role is held"] = None
    country_iso3: Annotated[str | None, "state of the role"] = None
    valid_from: Annotated[date | None, "first day in the role"] = None
    valid_to: Annotated[date | None, "last day in the role"] = None
    article_id: Annotated[str | None, "article that names the role; NULL: registry"] = None
    start_char: Annotated[int | None, "first character of the role in articles.text"] = None
    end_char: Annotated[int | None, "one past the last character"] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityMember:
    """a membership: a state in an organisation, a body in a larger one"""

    entity_id: Annotated[str, "organisation, alliance, format or group"]
    member_id: Annotated[str, "entity that belongs to it"]
    valid_from: Annotated[date | None, "first day of membership, where certain"] = None
    valid_to: Annotated[date | None, "last day of membership"] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityLink:
    """an entity id that means another entity, in one article or everywhere"""

    entity_id: Annotated[str, "entity as it was found in an article"]
    article_id: Annotated[str | None, "article in which it holds; NULL: everywhere else"] = None
    linked_id: Annotated[str, "entity that is meant"]
    method: Annotated[str, "rule or decision"]
    score: Annotated[float, "0 to 1; 1: decided by a user"]
    evidence: Annotated[str, "why, in one line for a reader"]
    decided_by: Annotated[DecidedBy, "what decided"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """one mention of an entity in an article"""

    mention_id: Annotated[str, "derived from article_id and span"]
    article_id: Annotated[str, "article"]
    sentence_id: Annotated[str, "sentence"]
    start_char: Annotated[int, "first character in articles.text"]
    end_char: Annotated[int, "one past the last character"]
    surface: Annotated[str, "the mention, verbatim"]
    label: Annotated[MentionLabel, "type as a name in this place"]
    kind: Annotated[MentionKind, "how the entity is named"]
    entity_id: Annotated[str | None, "entity; NULL: unresolved"] = None
    method: Annotated[str, "rule that found or resolved it"]
    confidence: Annotated[float, "0 to 1"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """one thing that somebody is reported to have said"""

    statement_id: Annotated[str, "derived from article_id and span"]
    article_id: Annotated[str, "article"]
    sentence_id: Annotated[str, "sentence in which the content starts"]
    kind: Annotated[StatementKind, "quoted, reported, or reported with quoted parts"]
    speaker_id: Annotated[str | None, "entity that speaks; NULL: unnamed or unresolved"] = None
    speaker: Annotated[str | None, "speaker, verbatim"] = None
    speaker_type: Annotated[SpeakerType, "how the speaker is given"]
    speaker_start: Annotated[int | None, "first character of the speaker"] = None
    speaker_end: Annotated[int | None, "one past its last character"] = None
    cue: Annotated[str | None, "word or words that report, verbatim, with auxiliaries"] = None
    cue_lemma: Annotated[str | None, "the cue as seeds/cues.csv lists it"] = None
    cue_class: Annotated[CueClass, "what the cue does"] = "neutral"
    is_attitude: Annotated[bool, "the cue tells what is thought or wanted, not said"] = False
    cue_start: Annotated[int | None, "first character of the cue"] = None
    cue_end: Annotated[int | None, "one past its last character"] = None
    content: Annotated[str, "what is said, verbatim"]
    start_char: Annotated[int, "first character of the content in articles.text"]
    end_char: Annotated[int, "one past the last character"]
    part: Annotated[int, "number of the piece, from 0, where a cue divides what is said"] = 0
    is_negated: Annotated[bool, "the reporting is denied ('did not say')"] = False
    modality: Annotated[Modality, "how the reporting is put, and what the cue does to it"] = (
        "asserted"
    )
    is_content_negated: Annotated[bool, "the first clause of what is said is negated"] = False
    content_modality: Annotated[Modality, "how the first clause of what is said is put"] = (
        "asserted"
    )
    via_id: Annotated[str | None, "entity that reports it, where not the article itself"] = None
    via_statement_id: Annotated[str | None, "statement that holds this one"] = None
    said_from: Annotated[date | None, "first day on which it may have been said"] = None
    said_to: Annotated[date | None, "last day on which it may have been said"] = None
    said_granularity: Annotated[Granularity | None, "unit of that interval"] = None
    said_method: Annotated[DateMethod, "where that date comes from"] = "none"
    method: Annotated[str, "rule that found it"]
    confidence: Annotated[float, "0 to 1"]


@dataclass(frozen=True, slots=True, kw_only=True)
class UtteranceLink:
    """one statement of an utterance that has several statements"""

    statement_id: Annotated[str, "statement"]
    utterance_id: Annotated[str, "statement_id of the utterance's first statement"]
    is_first: Annotated[bool, "part of the first appearance: by day, article and place"]
    wording: Annotated[int, "number of the wording, from 1, in order of appearance"]
    similarity: Annotated[
        float, "share of words in common with the first wording, of a part with its whole; 1: all"
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stance:
    """one position of a holder on a target, with the words that show it"""

    stance_id: Annotated[str, "derived from article_id, span, holder, target and method"]
    article_id: Annotated[str, "article"]
    sentence_id: Annotated[str, "sentence of the evidence"]
    statement_id: Annotated[str | None, "statement that carries it"] = None
    holder_id: Annotated[str | None, "entity whose position it is"] = None
    holder: Annotated[str, "holder, as named in the text or byline"]
    target_id: Annotated[str | None, "entity the position is about"] = None
    target: Annotated[str, "target, as named in the text"]
    aspect: Annotated[str | None, "what of the target is meant"] = None
    polarity: Annotated[Polarity, "direction"]
    score: Annotated[float, "-1 (opposes) to 1 (supports)"]
    confidence: Annotated[float, "0 to 1"]
    voice: Annotated[StanceVoice, "the author, a speaker, or an actor described by the author"]
    modality: Annotated[Modality, "how the position is put"] = "asserted"
    evidence: Annotated[str, "the words that show it, verbatim"]
    start_char: Annotated[int, "first character of the evidence in articles.text"]
    end_char: Annotated[int, "one past the last character"]
    method: Annotated[str, "rule or model that decided"]
    as_of_on: Annotated[date | None, "day of the statement or act, else of publication"] = None
    as_of_method: Annotated[AsOfMethod | None, "what that day is the day of"] = None
    from_stance_id: Annotated[
        str | None, "row of the spokesman that a row of method 'represents' follows from"
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeExpression:
    """one expression of time, after TIMEX3 of ISO-TimeML"""

    timex_id: Annotated[str, "derived from article_id and span"]
    article_id: Annotated[str, "article"]
    sentence_id: Annotated[str, "sentence"]
    surface: Annotated[str, "the expression, verbatim"]
    start_char: Annotated[int, "first character in articles.text"]
    end_char: Annotated[int, "one past the last character"]
    type: Annotated[TimexType, "TIMEX3 type"]
    value: Annotated[str | None, "TIMEX3 value"] = None
    from_on: Annotated[date | None, "first day meant"] = None
    to_on: Annotated[date | None, "last day meant"] = None
    granularity: Annotated[Granularity | None, "unit of the value"] = None
    anchor_on: Annotated[date | None, "day it was reckoned from"] = None
    method: Annotated[TimexMethod, "how the value was found"]
    modifier: Annotated[TimexModifier | None, "TIMEX3 mod: which part, or about how much"] = None
    confidence: Annotated[float, "0 to 1"] = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """one thing that happened, is said to have happened, or is to happen"""

    event_id: Annotated[str, "derived from article_id and span"]
    article_id: Annotated[str, "article"]
    sentence_id: Annotated[str, "sentence"]
    actor_id: Annotated[str | None, "entity that acts"] = None
    actor: Annotated[str | None, "actor, verbatim"] = None
    action: Annotated[str, "predicate, verbatim"]
    action_code: Annotated[str, "PLOVER category"]
    quad_class: Annotated[QuadClass, "PLOVER class of the category"]
    target_id: Annotated[str | None, "entity acted upon"] = None
    target: Annotated[str | None, "target, verbatim"] = None
    place_id: Annotated[str | None, "entity where it happened"] = None
    place: Annotated[str | None, "place, verbatim"] = None
    happened_from: Annotated[date | None, "first day on which it may have happened"] = None
    happened_to: Annotated[date | None, "last day on which it may have happened"] = None
    granularity: Annotated[Granularity | None, "unit of the date"] = None
    date_method: Annotated[DateMethod, "where the date comes from"] = "none"
    timex_id: Annotated[str | None, "expression of time that dates it"] = None
    modality: Annotated[Modality, "reported as fact, planned, possible and so on"] = "asserted"
    is_negated: Annotated[bool, "said not to have happened"] = False
    statement_id: Annotated[str | None, "statement that carries it"] = None
    evidence: Annotated[str, "clause or sentence, verbatim"]
    start_char: Annotated[int, "first character of the evidence in articles.text"]
    end_char: Annotated[int, "one past the last character"]
    story_id: Annotated[str | None, "story that groups the same event across articles"] = None
    method: Annotated[str, "rule that found it"] = ""
    confidence: Annotated[float, "0 to 1"]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryLink:
    """one event of a story that is told more than once"""

    event_id: Annotated[str, "event"]
    story_id: Annotated[str, "event_id of the story's first event"]
    is_first: Annotated[bool, "the first telling: by day, article and place"]
    similarity: Annotated[float, "likeness with the story's first telling, 0 to 1"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """one dated work that an article cites"""

    citation_id: Annotated[str, "derived from article_id and span"]
    article_id: Annotated[str, "citing article"]
    cited_on: Annotated[date | None, "day the cited work appeared, where it is known"] = None
    cited_from: Annotated[date | None, "first day on which it may have appeared"] = None
    cited_to: Annotated[date | None, "last day on which it may have appeared"] = None
    granularity: Annotated[Granularity | None, "unit of that interval"] = None
    title: Annotated[str, "title of the cited work, or the words that name it"]
    author_id: Annotated[str | None, "entity that wrote it"] = None
    author: Annotated[str | None, "its author"] = None
    publisher_id: Annotated[str | None, "entity that published it"] = None
    publisher: Annotated[str | None, "where it appeared"] = None
    url: Annotated[str | None, "its address"] = None
    start_char: Annotated[int, "first character of the title in articles.text"]
    end_char: Annotated[int, "one past the last character"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Acronym:
    """one definition of an acronym in an article"""

    acronym: Annotated[str, "short form, verbatim"]
    expansion: Annotated[str, "long form, verbatim"]
    entity_id: Annotated[str | None, "entity so named"] = None
    article_id: Annotated[str, "article"]
    start_char: Annotated[int, "first character of the definition in articles.text"]
    end_char: Annotated[int, "one past the last character"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TextBand:
    """one key under which an article that repeats no other is found by texts like it"""

    article_id: Annotated[str, "article"]
    band: Annotated[int, "hash of a band of its MinHash signature (even) or of a passage (odd)"]


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedSource:
    """one source that the settings name, or once named"""

    source_id: Annotated[str, "source"]
    outlet: Annotated[str | None, "outlet that it belongs to"] = None
    country_iso3: Annotated[str | None, "ISO 3166-1 alpha-3 of the outlet's country"] = None
    kind: Annotated[str | None, "files, feed, sitemap, page or address_list; NULL: told by us"] = (
        None
    )
    location: Annotated[str, "path or address"]
    language: Annotated[str | None, "ISO 639-1 code, as declared"] = None
    licence: Annotated[str | None, "terms under which its texts may be used"] = None
    is_enabled: Annotated[bool, "whether runs read it"] = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetch:
    """one address as it was last fetched, by demarche or by the archive that holds it"""

    source_id: Annotated[str, "source"]
    item_ref: Annotated[str, "item within its source"]
    kind: Annotated[FetchKind, "what was expected there"]
    url: Annotated[str, "address asked for"]
    final_url: Annotated[str | None, "address that answered, after redirects"] = None
    status: Annotated[int | None, "HTTP status of the last answer; NULL: none came"] = None
    etag: Annotated[str | None, "validator of the content held, for conditional requests"] = None
    last_modified: Annotated[str | None, "the same, as a date in the server's words"] = None
    charset: Annotated[str | None, "encoding that the server declared"] = None
    raw_ref: Annotated[str | None, "SHA-256 of the content held; NULL: none"] = None
    listed_in: Annotated[str | None, "feed, sitemap, list or archive that named it"] = None
    listed_method: Annotated[
        ListedMethod | None, "kind of that listing, where it gives dates of publication"
    ] = None
    listed_title: Annotated[str | None, "its title there"] = None
    listed_byline: Annotated[str | None, "its authors there"] = None
    listed_publisher: Annotated[str | None, "its outlet there"] = None
    listed_language: Annotated[str | None, "its language there"] = None
    listed_on: Annotated[date | None, "its day of publication there"] = None
    listed_at: Annotated[datetime | None, "its time of publication there"] = None
    fetched_at: Annotated[datetime | None, "when the content held was fetched"] = None
    checked_at: Annotated[datetime, "when the address was last asked"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry:
    """one input item in one run, in exactly one end state"""

    source_id: Annotated[str, "source"]
    item_ref: Annotated[str, "item within its source: relative path, row, or address"]
    state: Annotated[ItemState, "what became of it"]
    reason: Annotated[RejectionReason | None, "why it was rejected"] = None
    article_id: Annotated[str | None, "article it holds"] = None
    raw_ref: Annotated[str | None, "SHA-256 of its raw bytes; NULL: could not be read"] = None
    media_type: Annotated[MediaType | None, "how the raw bytes are to be read"] = None
    is_repeat: Annotated[bool, "same item, same bytes as last time: nothing was parsed"] = False
    seen_at: Annotated[datetime, "when the run came to it"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejection:
    """one item that could not be used, and why"""

    rejection_id: Annotated[str, "derived from source, item, raw bytes, stage and reason"]
    source_id: Annotated[str, "source"]
    item_ref: Annotated[str, "item within its source"]
    stage: Annotated[RejectionStage, "step that refused it"]
    reason: Annotated[RejectionReason, "closed list, see docs/rejections.md"]
    detail: Annotated[str, "one line that names the thing and the remedy"]
    raw_ref: Annotated[str | None, "SHA-256 of its raw bytes; NULL: could not be read"] = None
    media_type: Annotated[MediaType | None, "how the raw bytes are to be read"] = None
    rejected_at: Annotated[datetime, "when"]
    retried_at: Annotated[datetime | None, "when `demarche retry` last took it up"] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """one run"""

    flow: Annotated[
        str,
        "what ran: run, ingest, annotate, retry, reprocess, promote, rollback; scheduled, maintain",
    ]
    started_at: Annotated[datetime, "start"]
    finished_at: Annotated[datetime | None, "end; NULL: running or killed"] = None
    status: Annotated[RunStatus, "how it ended"]
    code_version: Annotated[str, "version of demarche"]
    model_version: Annotated[str, "version of the extraction"]
    settings_sha256: Annotated[str, "digest of the settings in force"]
    items: Annotated[int, "items that entered; the sum of the five states"] = 0
    processed: Annotated[int, "new articles"] = 0
    unchanged: Annotated[int, "items seen before"] = 0
    duplicates: Annotated[int, "articles whose text is already there"] = 0
    revised: Annotated[int, "articles whose text or head changed"] = 0
    rejected: Annotated[int, "items refused, each with a reason"] = 0
    seconds: Annotated[float | None, "wall time"] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """one reviewed correction, and whether it holds"""

    correction_id: Annotated[str, "identifier"]
    kind: Annotated[CorrectionKind, "what is done"]
    subject: Annotated[str, "id of the row or entity corrected"]
    field: Annotated[
        str | None,
        "table.column that is set, table whose row is rejected, or article of a split",
    ] = None
    expect: Annotated[
        str | None, "value that must be found for the correction to apply; NULL: no value"
    ] = None
    value: Annotated[str | None, "value put in its place, or entity that is meant"] = None
    author: Annotated[str, "who reviewed it"]
    reason: Annotated[str, "why"]
    origin: Annotated[CorrectionOrigin, "shipped with demarche, or the user's own"] = "shipped"
    state: Annotated[
        CorrectionState,
        "applied; stale: what it expects is not there; absent: the lake has not met its subject",
    ] = "absent"
    found: Annotated[str | None, "value found at the last look"] = None
    article_id: Annotated[str | None, "article in which it was applied"] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """one measured figure"""

    task: Annotated[str, "what was measured"]
    dataset: Annotated[str, "on what"]
    metric: Annotated[str, "name of the figure"]
    value: Annotated[float, "the figure"]
    measured_at: Annotated[datetime, "when"]


ARTICLE_ROWS: dict[str, type] = {
    "sentences": Sentence,
    "entity_roles": EntityRole,
    "mentions": Mention,
    "statements": Statement,
    "stances": Stance,
    "time_expressions": TimeExpression,
    "events": Event,
    "citations": Citation,
    "acronyms": Acronym,
}
"""Tables that extraction fills; an article's rows in them are replaced as a unit."""

READING_ROWS: dict[str, type] = {"blocks": Block, "text_bands": TextBand}
"""Tables that reading fills; an article's rows in them, too, are replaced as a unit."""

TABLES: dict[str, type] = {
    "articles": Article,
    "article_revisions": Article,
    **READING_ROWS,
    **ARTICLE_ROWS,
    "entities": Entity,
    "entity_aliases": EntityAlias,
    "entity_members": EntityMember,
    "entity_links": EntityLink,
    "utterance_links": UtteranceLink,
    "story_links": StoryLink,
    "sources": NamedSource,
    "fetches": Fetch,
    "ledger": LedgerEntry,
    "rejections": Rejection,
    "runs": Run,
    "corrections": Correction,
    "quality": Quality,
}
"""Every table of the contract, by its public name."""

PUBLISHED = tuple(table for table in TABLES if table != "text_bands")
"""Tables that readers get; the index of near duplicates serves the lake itself."""
