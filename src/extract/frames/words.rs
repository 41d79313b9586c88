//! Small words.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    claim::{Modality, Name},
    extract::{inflection::Inflection, time::TimeWords},
};

/// What a small word makes of the clause or noun that it stands by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cue {
    /// How the act is held then; `None` leaves it.
    pub modality: Option<Modality>,
    /// How it is held if a perfect follows ("skal ha angrepet", "may have attacked"); `None`: no other way.
    pub perfect: Option<Modality>,
    /// Written forms to which the cue is confined; empty: every form of the word.
    pub forms: BTreeSet<String>,
    /// Whether it turns the polarity round.
    pub negative: bool,
    /// Whether what is denied with it did not happen at all ("cannot accept").
    pub deniable: bool,
}

/// Acts that count as another event when they are done in form ("signed an agreement").
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Formal {
    /// Code of the relation.
    pub relation: String,
    /// Code of the event.
    pub event: String,
    /// Dictionary forms.
    pub words: BTreeSet<String>,
}

/// Small words that change how a clause is to be taken, and how actors are named (`ontology/words`).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Words {
    /// Modal auxiliaries.
    pub modal: BTreeMap<String, Cue>,
    /// Adverbs.
    pub adverbs: BTreeMap<String, Cue>,
    /// Adjectives before an event noun.
    pub adjectives: BTreeMap<String, Cue>,
    /// Determiners before an event noun; they say nothing where it is denied.
    pub determiners: BTreeMap<String, Cue>,
    /// Coordinators of things of which a negation before the first denies each ("or").
    pub alternative: BTreeSet<String>,
    /// Coordinators of what is so with what is not ("not X but Y").
    pub opposing: BTreeSet<String>,
    /// What is joined by a hyphen to the name of those whom one is for or against ("pro", "anti").
    pub side_prefixes: BTreeSet<String>,
    /// Subordinators.
    pub subordinators: BTreeMap<String, Cue>,
    /// Subordinators that leave what follows as it is, although a part of some is also a subordinator ("even if").
    pub factual_subordinators: BTreeSet<String>,
    /// Auxiliaries of the perfect ("have", "ha").
    pub perfect: BTreeSet<String>,
    /// Markers of purpose clauses.
    pub purpose: BTreeSet<String>,
    /// Words that deny.
    pub negation: BTreeSet<String>,
    /// Prepositions that deny what stands under them.
    pub negative_prepositions: BTreeSet<String>,
    /// Nouns of phrases that deny their verb where one of those words stands before them ("at no point").
    pub denied_phrases: BTreeSet<String>,
    /// Numerals and determiners of which such a word leaves none ("not one", "not a single").
    pub single: BTreeSet<String>,
    /// Determiners of what is not taken for granted ("any").
    pub indefinite: BTreeSet<String>,
    /// Words before a reason ("because"): "not because X but because Y" denies the first reason, not the act.
    pub reasons: BTreeSet<String>,
    /// Prepositions before those of whom one is said to be one ("among").
    pub among: BTreeSet<String>,
    /// Words before the noun of those of whom one is the first or only one.
    pub ranked: BTreeSet<String>,
    /// Verbs by which somebody leaves the office named behind them ("gå av som leder"), with their particles.
    pub leaving: BTreeSet<String>,
    /// Empty subjects of clefts ("it was not X that").
    pub empty: BTreeSet<String>,
    /// Pronouns for what was told before them ("X denies it").
    pub back_pronouns: BTreeSet<String>,
    /// Verbs that stand alone for what was told before ("Y did not"), some with the word that points back ("do so").
    pub echoes: BTreeSet<String>,
    /// Verbs of answering: a pronoun before them is what is answered ("det avviser X").
    pub answering: BTreeSet<String>,
    /// Prepositions before those who might have been in another's place ("rather than X").
    pub replacing: BTreeSet<String>,
    /// Nouns for any act that was told before them ("the decision").
    pub deeds: BTreeSet<String>,
    /// Prepositions before those of whom the opposite is told ("unlike X").
    pub unlike: BTreeSet<String>,
    /// Adjectives that leave next to nothing of what a noun names ("little interest").
    pub scant: BTreeSet<String>,
    /// Adjectives of reports and charges that deny what these tell ("false").
    pub untrue: BTreeSet<String>,
    /// Subordinators that only open what is said ("that").
    pub complementisers: BTreeSet<String>,
    /// Words that leave what is denied as it is ("not only").
    pub focus: BTreeSet<String>,
    /// Adjectives of ties that no longer hold.
    pub former: BTreeSet<String>,
    /// Prepositions that name a speaker.
    pub speaker_prepositions: BTreeSet<String>,
    /// Nouns whose owner is meant when they act.
    pub stand_ins: BTreeSet<String>,
    /// The same, but only of organisations and persons: "Palestinian gunmen" are not Palestine.
    pub followers: BTreeSet<String>,
    /// Nouns that only count or gather what follows ("thousands of troops").
    pub collective: BTreeSet<String>,
    /// Relative pronouns.
    pub relative: BTreeSet<String>,
    /// Prepositions of clauses that say how something was done ("by firing").
    pub manner: BTreeSet<String>,
    /// Markers of infinitives.
    pub infinitive: BTreeSet<String>,
    /// Verbs and nouns by which an act of some relation is done in form, and what it counts as then.
    pub formal: Option<Formal>,
    /// Predicates that say nothing of two actors; they are not missing when there is no frame for them.
    pub silent: BTreeSet<String>,
    /// Adverbs that tell the place of a clause ("where").
    pub relative_places: BTreeSet<String>,
    /// Prepositions under which a place is where something happens.
    pub locative: BTreeSet<String>,
    /// Prepositions under which an owner stands.
    pub owner: Vec<String>,
    /// Prepositions and verbs that name an office as held ("as").
    pub role_markers: BTreeSet<String>,
    /// Verbs whose predicate noun is what the subject is or becomes.
    pub becoming: BTreeSet<String>,
    /// Nouns whose name stands under their owner preposition ("the city of X").
    pub named_under: BTreeSet<String>,
    /// Verbs whose predicate noun is what their object becomes ("was named envoy", "elected X as leader").
    pub appointing: BTreeSet<String>,
    /// Relation of a cooperative act that its agent will not do.
    pub refusal: Option<Name>,
    /// Relation of a proposal whose unknown act its agent plans.
    pub promise: Option<Name>,
    /// Relation of a proposal in which one actor tells of a hostile act of the other.
    pub allegation: Option<Name>,
    /// Relation of praise: who tells of it accuses nobody.
    pub praise: Option<Name>,
    /// Relation of moving forces, which may be done to help.
    pub deployment: Option<Name>,
    /// Relation of threats: what one will do unless the other does something.
    pub threat: Option<Name>,
    /// Subordinators of what would keep the main clause from coming true ("unless").
    pub unless: BTreeSet<String>,
    /// Relation of a proposal in which two actors do something to a third together.
    pub together: Option<Name>,
    /// Prepositions under which the one who acts stands, of verbs and nouns.
    pub doer: BTreeSet<String>,
    /// Prepositions before what an act defies ("despite").
    pub despite: BTreeSet<String>,
    /// Adverbs that, denied, end what was done until then ("no longer").
    pub ending: BTreeSet<String>,
    /// Verbs for what happens to those who are threatened ("would pay a heavy price").
    pub suffering: BTreeSet<String>,
    /// Verbs of those whose orders are carried out ("ordered X to be deported").
    pub ordering: BTreeSet<String>,
    /// Pronouns that, as subject of reported speech, stand for a speaker who is no person.
    pub reported_thing: BTreeSet<String>,
    /// The same for a person.
    pub reported_person: BTreeSet<String>,
    /// Pronouns that are subjects by their form.
    pub nominative: BTreeSet<String>,
    /// Pronouns that name an owner.
    pub owner_pronouns: BTreeSet<String>,
    /// Prepositions under which who gives what a noun names stands ("aid from X").
    pub giver: Vec<String>,
    /// Prepositions under which help stands that the subject of the verb gets ("with the support of X").
    pub helped: BTreeSet<String>,
    /// Nouns for kin: what they do or suffer is not done by or to whose kin they are.
    pub kin: BTreeSet<String>,
    /// Phrases before an example of what a noun names ("groups such as X").
    pub instances: Vec<String>,
    /// Prepositions that add a companion to a subject ("together with X").
    pub companion: BTreeSet<String>,
    /// Prepositions before what somebody goes somewhere for ("flew to Y for talks").
    pub errand: BTreeSet<String>,
    /// Prepositions before an occasion at which the subject of the verb was ("after talks").
    pub occasion: BTreeSet<String>,
    /// Subordinators of the clause that tells by what somebody was hurt ("when").
    pub when: BTreeSet<String>,
    /// Verbs for what attacks do to people ("killed").
    pub hurting: BTreeSet<String>,
    /// Verbs that say what somebody does who is described by them ("striking miners").
    pub describing: BTreeSet<String>,
    /// Verbs for what somebody may do who has been promised something ("X can count on help").
    pub trusting: BTreeSet<String>,
    /// Relations of measures that whoever announces them takes.
    pub measures: BTreeSet<String>,
    /// Nouns of people who act for themselves, not for their country ("Danish teachers").
    pub people: BTreeSet<String>,
    /// Those of them that count as their country's when something is done to them ("Danish companies").
    pub enterprises: BTreeSet<String>,
    /// Pronouns that stand for who is quoted.
    pub quoted: BTreeSet<String>,
    /// Verbs by which an act comes about ("the talks began").
    pub onset: BTreeSet<String>,
    /// Those of them that in the active tell how long it stood ("the truce held").
    pub lasting: BTreeSet<String>,
    /// Verbs and nouns of going somewhere.
    pub motion: BTreeSet<String>,
    /// Prepositions under which the goal of going stands.
    pub goal: BTreeSet<String>,
    /// Participles whose agent made what the noun before them names ("a plan drafted by X").
    pub creating: BTreeSet<String>,
    /// Relation of a proposal whose act is demanded of somebody.
    pub demand: Option<Name>,
    /// How words are inflected.
    pub inflection: Inflection,
    /// Words that name dates.
    pub time: TimeWords,
}
