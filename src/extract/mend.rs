//! Puts right, before frames read them, the sentences that the parser of a small language took apart: names that it took
//! for other words, clauses without a verb because the verb was read as a noun ("Iran bevæpner Hizbollah"), subjects and
//! objects on the wrong verb, passives without a sign. Takes a paragraph and its mentions, gives the mended paragraph;
//! does nothing for languages without inflection tables.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use super::{
    arguments, beside, clauses, compounds, denied, frames::Frames, gerunds, inflection::Forms,
    joins, moments,
};
use crate::{
    claim::{Mention, MentionKind},
    grammar::{Paragraph, Pos, Role, Word},
};

impl Frames {
    /// The paragraph as the frames read it; `mentions` are the article's, in order.
    #[must_use]
    pub fn mend<'a>(&self, paragraph: &'a Paragraph, mentions: &[Mention]) -> Cow<'a, Paragraph> {
        if self.forms.is_empty() {
            return Cow::Borrowed(paragraph);
        }
        let mut mended = paragraph.clone();
        compounds::part_names(&mut mended, mentions);
        call_names_names(&mut mended, mentions);
        write_alike(&mut mended, &self.words.inflection.variants);
        joins::join(&mut mended, &self.forms);
        moments::free_years(&mut mended);
        hold_names(&mut mended, mentions);
        beside::find_owners(&mut mended, mentions);
        beside::seat_holders(&mut mended, mentions, self);
        beside::part_names(&mut mended, mentions);
        self.forms.mend(&mut mended);
        for sentence in mended.sentences.clone() {
            let inflection = &self.words.inflection;
            clauses::rebuild(&mut mended, sentence.clone(), &self.forms, inflection);
            let words = &mut mended.words;
            gerunds::find(words, &sentence, self, &self.forms);
            beside::join_participles(words, &sentence);
            beside::lower_quantities(words, &sentence);
            denied::hang_negations(words, &sentence, &self.words.negation);
            denied::lengthen_markers(words, &sentence, |marker| {
                self.words.subordinators.contains_key(marker)
            });
            moments::unseat_times(words, &sentence, &self.words.time);
            moments::unseat_objects(words, &sentence, &self.words.time);
            moments::hang_weekdays(words, &sentence, &self.words.time);
            beside::name_owned_nouns(words, &sentence, &self.words.owner_pronouns, &self.forms);
            beside::find_appositions(words, &sentence);
            arguments::seat_receivers(words, &sentence);
            beside::lower_titles(words, &sentence, &self.forms, self);
            arguments::hang_relatives(words, &sentence);
            arguments::hang_places(words, &sentence, &self.words.relative_places);
            arguments::find_speakers(words, &sentence, self);
            for index in sentence.clone() {
                return_object(words, &sentence, index);
            }
            for participle in sentence.clone() {
                turn_bare_participle(words, &sentence, participle);
                turn_participle(words, &sentence, participle, &self.forms);
            }
            for verb in sentence.clone() {
                if is_verb(&words[verb]) {
                    mend_voice(words, &sentence, verb, &self.forms, self);
                    find_subject(words, &sentence, verb);
                    denied::keep_behind_expletive(words, &sentence, verb);
                    denied::lower_infinitive(words, &sentence, verb, &self.words.infinitive);
                    denied::seat_fronted(words, &sentence, verb, &self.words);
                    arguments::return_subject(words, &sentence, verb);
                    arguments::seat_pronoun(words, &sentence, verb, &self.words.nominative);
                    arguments::order_arguments(words, &sentence, verb);
                }
            }
        }
        pull_agents(&mut mended);
        for sentence in mended.sentences.clone() {
            beside::lower_names(&mut mended.words, &sentence);
            beside::lower_joint_names(&mut mended.words, &sentence);
            arguments::find_main_verb(&mut mended.words, &sentence);
            arguments::part_conditions(&mut mended.words, &sentence);
            arguments::join_infinitives(&mut mended.words, &sentence);
        }
        Cow::Owned(mended)
    }
}

fn is_verb(word: &Word) -> bool {
    matches!(word.pos, Pos::Verb | Pos::Aux)
}

pub(super) fn is_passive(words: &[Word], sentence: &Range<usize>, verb: usize) -> bool {
    words[verb].feature("Voice") == Some("Pass")
        || child(words, sentence, verb, Role::PassiveAuxiliary).is_some()
}

fn child(words: &[Word], sentence: &Range<usize>, head: usize, role: Role) -> Option<usize> {
    children(words, sentence, head).find(|&child| words[child].role == role)
}

fn children<'a>(
    words: &'a [Word],
    sentence: &Range<usize>,
    head: usize,
) -> impl Iterator<Item = usize> + 'a {
    sentence
        .clone()
        .filter(move |&child| words[child].head == Some(head))
}

/// Capitalised words that the linker knows as names are names, whatever the tagger called them.
fn call_names_names(paragraph: &mut Paragraph, mentions: &[Mention]) {
    let whole = paragraph.span(0..paragraph.words.len());
    let named = mentions
        .iter()
        .filter(|mention| mention.kind == MentionKind::Name && whole.overlaps(mention.span));
    for mention in named {
        for index in 0..paragraph.words.len() {
            let word = &paragraph.words[index];
            let inside = mention.span.start <= word.span.start
                && word.span.end <= mention.span.end + 1
                && word.span.start < mention.span.end;
            let other = !matches!(word.pos, Pos::Propn | Pos::Num | Pos::Punct);
            if inside && other && word.text.starts_with(char::is_uppercase) {
                let lone = word.span.start == mention.span.start;
                if word.pos == Pos::Noun && !(lone && mention.span.end <= word.span.end) {
                    continue;
                }
                call_name(&mut paragraph.words, index);
            }
        }
    }
}

/// The words of one name hang together, under its first proper noun ("Gaza by").
fn hold_names(paragraph: &mut Paragraph, mentions: &[Mention]) {
    let whole = paragraph.span(0..paragraph.words.len());
    let named = mentions
        .iter()
        .filter(|mention| mention.kind == MentionKind::Name && whole.overlaps(mention.span));
    for mention in named {
        let words = &mut paragraph.words;
        let inside: Vec<usize> = (0..words.len())
            .filter(|&at| {
                mention.span.start <= words[at].span.start && words[at].span.end <= mention.span.end
            })
            .collect();
        let outer =
            |words: &[Word], at: usize| words[at].head.is_none_or(|head| !inside.contains(&head));
        let Some(top) = inside
            .iter()
            .copied()
            .find(|&at| words[at].pos == Pos::Propn && outer(words, at))
        else {
            continue;
        };
        for &at in &inside {
            let follows = at > top && words[at].pos == Pos::Noun && words[at].role == Role::Flat;
            if follows && outer(words, at) {
                words[at].head = Some(top);
            }
        }
    }
}

/// Prepositions of the other written standard are those that the frames name ("frå": "fra").
fn write_alike(paragraph: &mut Paragraph, variants: &BTreeMap<String, String>) {
    for word in &mut paragraph.words {
        if let Some(marker) = &mut word.marker {
            let parts: Vec<&str> = marker
                .split(' ')
                .map(|part| variants.get(part).map_or(part, String::as_str))
                .collect();
            *marker = parts.join(" ");
        }
    }
}

fn call_name(words: &mut [Word], index: usize) {
    words[index].pos = Pos::Propn;
    let form = words[index].text.to_lowercase();
    let Some(head) = words[index].head else {
        return;
    };
    // What was taken for a preposition was lifted onto its head.
    if let Some(marker) = words[head]
        .marker
        .take_if(|marker| marker.starts_with(&form))
    {
        let rest = marker[form.len()..].trim_start();
        words[head].marker = (!rest.is_empty()).then(|| rest.to_owned());
    }
}

/// "FNs krav om at Rwanda forlater Kongo ble avvist": the object of the clause inside, taken for the subject of the verb
/// outside.
fn return_object(words: &mut [Word], sentence: &Range<usize>, noun: usize) {
    if words[noun].pos != Pos::Noun || child(words, sentence, noun, Role::Copula).is_some() {
        return;
    }
    let marked = |word: &Word| {
        let marker = word.marker.as_deref().unwrap_or_default();
        ["at", "å"]
            .iter()
            .any(|end| marker == *end || marker.ends_with(&format!(" {end}")))
    };
    let clause = children(words, sentence, noun).find(|&clause| {
        clause > noun
            && is_verb(&words[clause])
            && marked(&words[clause])
            && child(words, sentence, clause, Role::Object).is_none()
    });
    let Some(clause) = clause else { return };
    let Some(taken) = (clause + 1..sentence.end).find(|&at| words[at].role != Role::Compound)
    else {
        return;
    };
    let subject = matches!(words[taken].role, Role::Subject | Role::PassiveSubject);
    let Some(outer) = words[taken].head.filter(|_| subject) else {
        return;
    };
    let under_clause = words[outer].head == Some(clause) && words[outer].marker.is_none();
    let shared = words[noun].head == Some(outer) && outer > taken;
    if outer <= taken || !(under_clause || shared || words[outer].head.is_none()) {
        return;
    }
    let role = words[taken].role;
    if !shared {
        (words[outer].head, words[outer].role) = (words[noun].head, words[noun].role);
        (words[noun].head, words[noun].role) = (Some(outer), role);
    }
    (words[taken].head, words[taken].role) = (Some(clause), Role::Object);
}

/// Verbs in -s that are no passives ("enes", "møtes"); participles under "være" that are.
fn mend_voice(
    words: &mut [Word],
    sentence: &Range<usize>,
    verb: usize,
    forms: &Forms,
    frames: &Frames,
) {
    if forms.is_deponent(&words[verb].lemma) {
        words[verb].features = words[verb].features.replace("|Voice=Pass", "");
        if let Some(subject) = child(words, sentence, verb, Role::PassiveSubject) {
            words[subject].role = Role::Subject;
        }
        return;
    }
    let inflection = &frames.words.inflection;
    let auxiliary = child(words, sentence, verb, Role::Auxiliary).filter(|&auxiliary| {
        inflection
            .state_auxiliaries
            .contains(&words[auxiliary].lemma)
    });
    let active = &inflection.perfect_with_be;
    let participle = words[verb].feature("VerbForm") == Some("Part");
    let agent = children(words, sentence, verb)
        .filter_map(|at| words[at].marker.as_ref().filter(|_| at > verb))
        .any(|marker| inflection.agent_markers.contains(marker));
    // "er basert i X" says how it is.
    let state = !agent && forms.is_adjective(&words[verb].text);
    if auxiliary.is_none() || !participle || state || active.contains(&words[verb].lemma) {
        return;
    }
    let all: Vec<usize> = children(words, sentence, verb).collect();
    for index in all {
        words[index].role = match words[index].role {
            Role::Auxiliary if Some(index) == auxiliary => Role::PassiveAuxiliary,
            Role::Subject => Role::PassiveSubject,
            Role::Oblique if words[index].marker.as_deref() == Some("av") && index > verb => {
                Role::Agent
            }
            role => role,
        };
    }
}

/// "Hamas, ledet av X, …": a participle without a relative pronoun, taken for a relative clause.
fn turn_bare_participle(words: &mut [Word], sentence: &Range<usize>, index: usize) {
    let relative = words[index].role == Role::RelativeClause && words[index].pos == Pos::Verb;
    let none = [
        Role::Subject,
        Role::PassiveSubject,
        Role::Auxiliary,
        Role::PassiveAuxiliary,
    ]
    .into_iter()
    .all(|role| child(words, sentence, index, role).is_none());
    if !relative || !none || words[index].text.ends_with('r') {
        return;
    }
    let agent = children(words, sentence, index)
        .find(|&at| at > index && words[at].marker.as_deref() == Some("av"));
    if let Some(agent) = agent {
        words[index].role = Role::NounClause;
        words[index].features = "VerbForm=Part".to_owned();
        words[agent].role = Role::Agent;
    }
}

/// "er utestengt av X": a participle of a listed verb with an agent is a passive, also where it was read as an adjective.
fn turn_participle(words: &mut [Word], sentence: &Range<usize>, index: usize, forms: &Forms) {
    if words[index].pos != Pos::Adj {
        return;
    }
    let copula = [Role::Copula, Role::PassiveAuxiliary]
        .into_iter()
        .find_map(|role| child(words, sentence, index, role));
    let Some(copula) = copula else {
        return;
    };
    let agent = sentence.clone().find(|&at| {
        at > index
            && words[at].marker.as_deref() == Some("av")
            && words[at].head.is_some_and(|head| {
                head == index || (words[head].head == Some(index) && words[head].pos == Pos::Noun)
            })
    });
    let (Some(agent), Some(verb)) = (agent, forms.verb(&words[index].text)) else {
        return;
    };
    words[index].pos = Pos::Verb;
    words[index].features = "VerbForm=Part".to_owned();
    words[index].lemma = verb;
    words[copula].role = Role::PassiveAuxiliary;
    words[agent].head = Some(index);
    words[agent].role = Role::Agent;
    if let Some(subject) = child(words, sentence, index, Role::Subject) {
        words[subject].role = Role::PassiveSubject;
    }
}

/// A name in front of a verb without a subject is its subject, whatever the parser called it.
fn find_subject(words: &mut [Word], sentence: &Range<usize>, verb: usize) {
    let has = |role| child(words, sentence, verb, role);
    if has(Role::PassiveSubject).is_some() || words[verb].role == Role::Adjective {
        return;
    }
    let stray = |&at: &usize| {
        let word = &words[at];
        at < verb
            && word.pos == Pos::Propn
            && word.marker.is_none()
            && matches!(
                word.role,
                Role::Adverb
                    | Role::BareOblique
                    | Role::Adjective
                    | Role::Compound
                    | Role::Auxiliary
                    | Role::Case
                    | Role::Marker
                    | Role::Determiner
                    | Role::Expletive
                    | Role::Other
            )
    };
    // "Begge anklager X": a determiner without a noun.
    let alone =
        |&at: &usize| at < verb && words[at].pos == Pos::Det && words[at].role == Role::Determiner;
    let name = children(words, sentence, verb).filter(stray).last();
    let Some(front) = name.or_else(|| children(words, sentence, verb).find(alone)) else {
        return;
    };
    let passive = is_passive(words, sentence, verb);
    match has(Role::Subject) {
        None if passive => words[front].role = Role::PassiveSubject,
        None => words[front].role = Role::Subject,
        Some(after) if after > verb && front + 1 == verb && has(Role::Object).is_none() => {
            words[front].role = Role::Subject;
            words[after].role = Role::Object;
        }
        Some(_) => {}
    }
}

/// "ble utnevnt til statsminister av kong Harald": a person under "av" is the agent of a passive that has none, also where
/// the parser hung them on a noun in between; so is every name under "av" behind "som" or an object.
fn pull_agents(paragraph: &mut Paragraph) {
    let people: BTreeSet<usize> = paragraph
        .names
        .iter()
        .filter(|name| name.label == "PER")
        .flat_map(|name| name.words.clone())
        .collect();
    for index in 0..paragraph.words.len() {
        let words = &paragraph.words;
        let by = words[index].role == Role::Oblique
            && words[index].marker.as_deref() == Some("av")
            && words[index].pos == Pos::Propn;
        let Some(mut noun) = words[index].head.filter(|_| by) else {
            continue;
        };
        // "til statsminister i Norge av kong Harald"
        if people.contains(&index)
            && words[noun].pos == Pos::Propn
            && let Some(above) = words[noun].head
        {
            noun = above;
        }
        let Some(verb) = words[noun].head.filter(|_| words[noun].pos == Pos::Noun) else {
            continue;
        };
        let sentence = paragraph.sentence_of(index);
        let receives = match words[noun].role {
            Role::Object => true,
            Role::Oblique => {
                people.contains(&index) || words[noun].marker.as_deref() == Some("som")
            }
            Role::Attribute => people.contains(&index),
            _ => false,
        };
        let agentless = child(words, &sentence, verb, Role::Agent).is_none();
        if receives && is_verb(&words[verb]) && is_passive(words, &sentence, verb) && agentless {
            paragraph.words[index].head = Some(verb);
            paragraph.words[index].role = Role::Agent;
        }
    }
}
