//! Who belongs to which verb, put right where Norwegian word order leads parsers astray: subjects behind the verb,
//! speakers behind a quote, owners in the genitive, titles and names that were torn apart. Takes and changes the words of a
//! paragraph, one sentence at a time.

use std::ops::Range;

use super::{
    frames::{Frames, Kind},
    inflection::Forms,
};
use crate::{
    claim::{Mention, MentionKind},
    grammar::{Paragraph, Pos, Role, Word},
};

/// Names that a genitive s follows own what comes next ("Solbergs Høyre"), whatever the parser made of the two.
pub(super) fn find_owners(paragraph: &mut Paragraph, mentions: &[Mention]) {
    for index in 0..paragraph.words.len().saturating_sub(1) {
        let span = paragraph.words[index].span;
        let text = &paragraph.words[index].text;
        let genitive = text.ends_with('s')
            && paragraph.words[index].pos == Pos::Propn
            && mentions.iter().any(|mention| {
                mention.kind == MentionKind::Name
                    && mention.span.end + 1 == span.end
                    && mention.span.end > span.start
            });
        if genitive {
            own_next(&mut paragraph.words, index);
        }
    }
}

fn own_next(words: &mut [Word], last: usize) {
    let Some(owned) = owned_after(words, last) else {
        return;
    };
    let top = top_of_name(words, last);
    if words[owned].head == Some(top) && words[owned].role == Role::Flat {
        words[owned].head = words[top].head;
        words[owned].role = words[top].role;
        words[owned].marker = words[top].marker.take();
        for other in owned + 1..words.len() {
            if words[other].head == Some(top) {
                words[other].head = Some(owned);
            }
        }
    } else if words[top].head != Some(owned)
        && words[owned].head != Some(top)
        && words[owned].head != words[top].head
    {
        return;
    }
    words[top].head = Some(owned);
    words[top].role = Role::Possessor;
}

/// The noun that the words after a genitive lead to; an adjective or a verb before a noun may be one ("Irans allierte X").
fn owned_after(words: &[Word], last: usize) -> Option<usize> {
    let mut owned = last + 1;
    while words.get(owned).is_some_and(|word| word.pos == Pos::Adj) {
        owned += 1;
    }
    let noun = words.get(owned).is_some_and(|word| {
        matches!(word.pos, Pos::Noun | Pos::Propn)
            || (word.pos == Pos::Verb && word.role == Role::Adjective)
    });
    let named = owned > last + 1 && words.get(owned).is_some_and(|word| word.pos == Pos::Propn);
    if noun && !named {
        return Some(owned);
    }
    (owned > last + 1).then(|| owned - 1)
}

/// The head of a name, from one of its later words.
fn top_of_name(words: &[Word], mut word: usize) -> usize {
    while words[word].role == Role::Flat
        && let Some(head) = words[word].head.filter(|&head| head < word)
    {
        word = head;
    }
    word
}

/// Two names side by side that the parser took for one ("siterte Al Jazeera RSF") are two arguments.
pub(super) fn part_names(paragraph: &mut Paragraph, mentions: &[Mention]) {
    let named = |word: &Word| {
        mentions
            .iter()
            .find(|mention| mention.kind == MentionKind::Name && mention.span.overlaps(word.span))
    };
    for index in 1..paragraph.words.len() {
        let words = &paragraph.words;
        let (Role::Flat, Some(top)) = (words[index].role, words[index].head) else {
            continue;
        };
        let (Some(own), Some(first)) = (named(&words[index]), named(&words[top])) else {
            continue;
        };
        // The recogniser's name may have been joined under its last word.
        let whole = own.span.end >= words[index].span.end && own.span.start > words[top].span.start;
        let apart = whole && first.span.end < own.span.start;
        if !apart || words[index].marker.is_some() {
            continue;
        }
        if words[top + 1..index]
            .iter()
            .any(|word| word.pos == Pos::Cconj)
        {
            paragraph.words[index].role = Role::Conjunct;
            let before = index - 1;
            if paragraph.words[before].pos == Pos::Noun && paragraph.words[before].head == Some(top)
            {
                paragraph.words[before].head = Some(index);
                paragraph.words[before].role = Role::Compound;
            }
            continue;
        }
        let role = match words[top].role {
            Role::Subject | Role::Object => Role::Object,
            _ => continue,
        };
        paragraph.words[index].head = paragraph.words[top].head;
        paragraph.words[index].role = role;
    }
}

/// "hans viktigste allierte, X", "Irans erkefiende": what is owned is a noun, also where it looks like an adjective.
pub(super) fn name_owned_nouns(words: &mut [Word], sentence: &Range<usize>, forms: &Forms) {
    for index in sentence.clone() {
        let owner = sentence.clone().find(|&other| {
            let own = &words[other];
            let pronoun = own.pos == Pos::Pron
                && own.marker.is_none()
                && matches!(
                    &*own.text.to_lowercase(),
                    "hans" | "hennes" | "deres" | "dens" | "dets" | "hennar"
                );
            own.head == Some(index) && other < index && (own.role == Role::Possessor || pronoun)
        });
        let mistaken = match words[index].pos {
            Pos::Adj => true,
            Pos::Verb => words[index].role == Role::Adjective,
            _ => false,
        };
        let Some(owner) = owner.filter(|_| mistaken) else {
            continue;
        };
        if words[index].role == Role::Adjective
            && words[index]
                .head
                .is_some_and(|head| words[head].pos != Pos::Propn)
        {
            continue;
        }
        words[owner].role = Role::Possessor;
        words[owner].role = Role::Possessor;
        words[index].pos = Pos::Noun;
        words[index].features = String::new();
        if let Some(lemma) = forms.noun(&words[index].text) {
            words[index].lemma = lemma;
        }
        if words[index].role == Role::Adjective {
            words[index].role = Role::Compound;
        }
    }
}

/// "Iran, Israels erkefiende og Hizbollahs allierte, …": after a name and a comma, nouns with owners say who it is.
pub(super) fn find_appositions(words: &mut [Word], sentence: &Range<usize>) {
    for index in sentence.clone() {
        let Some(name) = words[index].head.filter(|&name| name < index) else {
            continue;
        };
        if words[index].role != Role::Conjunct
            || words[index].pos != Pos::Noun
            || words[name].pos != Pos::Propn
        {
            continue;
        }
        let owner = (name + 1..index).find(|&other| {
            words[other].head == Some(index) && words[other].role == Role::Possessor
        });
        let Some(owner) = owner else { continue };
        let before = &words[owner - 1];
        if before.text == "," {
            words[index].role = Role::Apposition;
        } else if before.pos == Pos::Cconj
            && let Some(first) = (name..owner).find(|&first| {
                words[first].head == Some(name) && words[first].role == Role::Apposition
            })
        {
            words[index].head = Some(first);
        }
    }
}

/// A title that was read as a verb ("Forbundskansler Angela Merkel møtte …"): what follows is the clause, with the name as
/// its subject.
pub(super) fn lower_titles(words: &mut [Word], sentence: &Range<usize>, forms: &Forms) {
    for title in sentence.clone() {
        let name = title + 1;
        if words[title].pos != Pos::Verb
            || !words
                .get(name)
                .is_some_and(|word| word.pos == Pos::Propn && word.role == Role::Subject)
        {
            continue;
        }
        let Some(verb) = words[name]
            .head
            .filter(|&verb| words[verb].head == Some(title))
        else {
            continue;
        };
        let owned = title > 0
            && words[title - 1].pos == Pos::Propn
            && words[title - 1].head == Some(title)
            && words[title - 1].text.ends_with('s');
        let office = forms.noun(&words[title].text).is_some() && !is_helped(words, title);
        if !(owned || office) || words[verb].marker.is_some() {
            continue;
        }
        (words[verb].head, words[verb].role) = (words[title].head, words[title].role);
        words[verb].marker = words[title].marker.take();
        for index in sentence.clone() {
            if words[index].head == Some(title) && index != name {
                words[index].head = Some(verb);
            }
        }
        if owned {
            words[title - 1].head = Some(title);
            words[title - 1].role = Role::Possessor;
        }
        words[title].head = Some(name);
        words[title].role = Role::Compound;
        words[title].pos = Pos::Noun;
        words[title].features = String::new();
        if let Some(lemma) = forms.noun(&words[title].text) {
            words[title].lemma = lemma;
        }
    }
}

fn is_helped(words: &[Word], verb: usize) -> bool {
    words.iter().any(|word| {
        word.head == Some(verb) && matches!(word.role, Role::Auxiliary | Role::PassiveAuxiliary)
    })
}

/// "…, advarte Netanyahu": a verb of speech after a comma has its subject behind it.
pub(super) fn find_speakers(words: &mut [Word], sentence: &Range<usize>, frames: &Frames) {
    for verb in sentence.clone() {
        let comma = verb > sentence.start
            && matches!(&*words[verb - 1].text, "," | "»" | "\"" | "\u{201d}");
        if !comma || words[verb].pos != Pos::Verb || words[verb].role != Role::Conjunct {
            continue;
        }
        let has = |role: Role| {
            sentence
                .clone()
                .find(|&child| words[child].head == Some(verb) && words[child].role == role)
        };
        let speech = frames
            .calls(Kind::OperatorVerb, &words[verb].lemma)
            .iter()
            .any(|call| frames.operators[call.of].speaker);
        if !speech || has(Role::Coordinator).is_some() {
            continue;
        }
        let object = has(Role::Object).filter(|&object| object > verb);
        match (has(Role::Subject), object) {
            (None, Some(object)) => words[object].role = Role::Subject,
            (Some(subject), _) if subject > verb => {}
            _ => continue,
        }
        words[verb].role = Role::Parataxis;
    }
}

/// In a main clause that begins with something else the subject stands right behind the verb ("I Oslo tok X imot Y"); and
/// a bare name behind a verb that has a subject is its object ("møtte mandag X").
pub(super) fn order_arguments(words: &mut [Word], sentence: &Range<usize>, verb: usize) {
    if words[verb].pos != Pos::Verb || words[verb].feature("VerbForm") == Some("Inf") {
        return;
    }
    let children: Vec<usize> = sentence
        .clone()
        .filter(|&child| words[child].head == Some(verb))
        .collect();
    let has = |role: Role| children.iter().any(|&child| words[child].role == role);
    let passive = has(Role::PassiveSubject) || words[verb].feature("Voice") == Some("Pass");
    if passive || has(Role::Expletive) || has(Role::SubjectClause) || has(Role::PassiveAuxiliary) {
        return;
    }
    let finite = words[verb].feature("VerbForm") == Some("Fin");
    let fronted = children.iter().any(|&child| {
        child < verb
            && matches!(
                words[child].role,
                Role::Oblique | Role::BareOblique | Role::Adverb | Role::AdverbialClause
            )
    });
    let main = matches!(
        words[verb].role,
        Role::Root | Role::Conjunct | Role::Parataxis
    ) && words[verb].marker.is_none();
    let named = |&child: &usize| {
        child > verb && words[child].pos == Pos::Propn && words[child].marker.is_none()
    };
    if !has(Role::Subject) && main && fronted && finite {
        let behind = children
            .iter()
            .copied()
            .find(|child| named(child) && first_word(words, *child, verb));
        if let Some(behind) = behind.filter(|&behind| {
            matches!(
                words[behind].role,
                Role::Object | Role::BareOblique | Role::IndirectObject
            )
        }) {
            words[behind].role = Role::Subject;
            return;
        }
    }
    if has(Role::Subject) && !has(Role::Object) {
        let object = children
            .iter()
            .copied()
            .find(|child| named(child) && words[*child].role == Role::BareOblique);
        if let Some(object) = object {
            words[object].role = Role::Object;
        }
    }
}

/// Whether nothing but titles and articles stands between a verb and the nominal behind it.
fn first_word(words: &[Word], nominal: usize, verb: usize) -> bool {
    words[verb + 1..nominal]
        .iter()
        .all(|word| word.head == Some(nominal) || word.pos == Pos::Adj || word.pos == Pos::Det)
}

/// A nominative pronoun right behind a finite verb without a subject is the subject ("tirsdag anklaget han X").
pub(super) fn seat_pronoun(words: &mut [Word], sentence: &Range<usize>, verb: usize) {
    let pronoun = verb + 1;
    let subjects = [Role::Subject, Role::PassiveSubject];
    let has = sentence
        .clone()
        .any(|child| words[child].head == Some(verb) && subjects.contains(&words[child].role));
    let nominative = sentence.contains(&pronoun)
        && words[pronoun].pos == Pos::Pron
        && words[pronoun].marker.is_none()
        && matches!(&*words[pronoun].text, "han" | "hun" | "de" | "ho" | "dei");
    if !has
        && nominative
        && words[verb].pos == Pos::Verb
        && words[verb].feature("VerbForm") == Some("Fin")
        && !subjects.contains(&words[pronoun].role)
    {
        words[pronoun].head = Some(verb);
        words[pronoun].role = Role::Subject;
    }
}

/// "blokaden som X innførte mot Y": the clause right behind "som" belongs to the noun before it.
pub(super) fn hang_relatives(words: &mut [Word], sentence: &Range<usize>) {
    for som in sentence.clone() {
        if som == sentence.start
            || &*words[som].text != "som"
            || !matches!(words[som].role, Role::Case | Role::Marker)
            || !matches!(words[som - 1].pos, Pos::Noun | Pos::Propn)
        {
            continue;
        }
        let Some(subject) = (som + 1..sentence.end).find(|&at| words[at].role == Role::Subject)
        else {
            continue;
        };
        let Some(verb) = words[subject].head.filter(|&verb| verb > subject) else {
            continue;
        };
        let near = words[som + 1..subject]
            .iter()
            .all(|word| word.head == Some(subject));
        let loose = matches!(
            words[verb].role,
            Role::AdverbialClause | Role::Content | Role::Conjunct | Role::NounClause
        );
        if near && loose && words[verb].head.is_some_and(|head| head < som) {
            words[verb].head = Some(som - 1);
            words[verb].role = Role::RelativeClause;
            words[verb].marker = None;
            words[subject].marker = None;
        }
    }
}

/// "den syriske byen Aleppo", "erkefiendene Iran og Israel": a described noun heads the name beside it, as in other
/// languages; the name stands in apposition, with all that it is coordinated with.
pub(super) fn lower_names(words: &mut [Word], sentence: &Range<usize>) {
    for noun in sentence.clone() {
        // "den israelske ambassadøren, X": a comma may stand between.
        let comma = words.get(noun + 1).is_some_and(|word| word.text == ",")
            && words[noun].role == Role::Compound;
        let name = noun + if comma { 2 } else { 1 };
        if words[noun].pos != Pos::Noun
            || !sentence.contains(&name)
            || words[name].pos != Pos::Propn
        {
            continue;
        }
        if words[noun].head == Some(name) && words[noun].role == Role::Compound {
            let described = words[noun].feature("Definite") == Some("Def")
                || sentence.clone().any(|child| {
                    words[child].head == Some(noun)
                        && matches!(words[child].role, Role::Adjective | Role::Possessor)
                });
            if described {
                change_places(words, sentence, noun, name);
            }
        } else if words[name].head == Some(noun)
            && matches!(words[name].role, Role::Flat | Role::Apposition)
        {
            words[name].role = Role::Apposition;
            let later = name + 1..sentence.end;
            for other in later {
                let conjunct = words[other].head == Some(noun)
                    && words[other].role == Role::Conjunct
                    && words[other].pos == Pos::Propn;
                if conjunct {
                    words[other].head = Some(name);
                }
            }
        }
    }
}

fn change_places(words: &mut [Word], sentence: &Range<usize>, noun: usize, name: usize) {
    words[noun].head = words[name].head;
    words[noun].role = words[name].role;
    words[noun].marker = words[name].marker.take();
    words[name].head = Some(noun);
    words[name].role = Role::Apposition;
    for child in sentence.clone() {
        let frame = matches!(
            words[child].role,
            Role::Case | Role::Determiner | Role::Copula
        );
        if child < noun && words[child].head == Some(name) && frame {
            words[child].head = Some(noun);
        }
    }
}

/// "Det Hamas-styrte Gaza": a participle joined to a name by a hyphen is an adjective of what comes next.
pub(super) fn join_participles(words: &mut [Word], sentence: &Range<usize>) {
    for index in sentence.clone() {
        let next = index + 1;
        let hyphenated = words[index].pos == Pos::Verb
            && words[index].text.starts_with(char::is_uppercase)
            && words[index].text.contains('-');
        if !hyphenated || !sentence.contains(&next) {
            continue;
        }
        if !matches!(words[next].pos, Pos::Noun | Pos::Propn) || words[next].head == Some(index) {
            continue;
        }
        let (above, role) = (words[index].head, words[index].role);
        if let Some(clause) = words[next]
            .head
            .filter(|&clause| words[clause].head == Some(index))
        {
            words[clause].head = above;
            words[clause].role = role;
        }
        for child in sentence.clone() {
            if words[child].head == Some(index) {
                words[child].head = Some(next);
                if words[child].role == Role::Subject {
                    words[child].role = Role::Determiner;
                }
            }
        }
        words[index].pos = Pos::Adj;
        words[index].role = Role::Adjective;
        words[index].head = Some(next);
    }
}

/// "flere av sanksjonene": what is counted stands where the counting word stood.
pub(super) fn lower_quantities(words: &mut [Word], sentence: &Range<usize>) {
    for many in sentence.clone() {
        let argument = matches!(
            words[many].role,
            Role::Object | Role::Subject | Role::PassiveSubject | Role::Oblique
        );
        let counts = matches!(words[many].pos, Pos::Adj | Pos::Pron | Pos::Num | Pos::Det);
        if !argument || !counts {
            continue;
        }
        let counted = sentence.clone().find(|&noun| {
            words[noun].head == Some(many)
                && words[noun].pos == Pos::Noun
                && words[noun].role == Role::Oblique
                && words[noun].marker.as_deref() == Some("av")
        });
        let Some(noun) = counted else { continue };
        words[noun].head = words[many].head;
        words[noun].role = words[many].role;
        words[noun].marker = words[many].marker.take();
        words[many].head = Some(noun);
        words[many].role = Role::Number;
    }
}

/// "En måned senere utpekte X": a stretch of time before a verb is no subject.
pub(super) fn unseat_times(words: &mut [Word], sentence: &Range<usize>) {
    for time in sentence.clone() {
        let later = words.get(time + 1).is_some_and(|next| {
            matches!(
                &*next.text,
                "senere" | "seinere" | "seinare" | "tidligere" | "tidlegare" | "etter" | "før"
            )
        });
        if later && words[time].pos == Pos::Noun && words[time].role == Role::Subject {
            words[time].role = Role::BareOblique;
        }
    }
}

/// "deltok da partiet X fredag demonstrerte": the bare nominal in front of a clause that has no subject is the clause's,
/// not the other verb's.
pub(super) fn return_subject(words: &mut [Word], sentence: &Range<usize>, verb: usize) {
    let clause = matches!(words[verb].role, Role::Content | Role::AdverbialClause)
        && words[verb].marker.is_none()
        && words[verb].feature("VerbForm") == Some("Fin");
    let Some(above) = words[verb].head.filter(|&above| clause && above < verb) else {
        return;
    };
    let subjects = [Role::Subject, Role::PassiveSubject, Role::Expletive];
    let has = sentence
        .clone()
        .any(|child| words[child].head == Some(verb) && subjects.contains(&words[child].role));
    let before = (above + 1..verb)
        .filter(|&at| words[at].head == Some(above) && words[at].marker.is_none())
        .find(|&at| {
            matches!(words[at].pos, Pos::Noun | Pos::Propn)
                && matches!(words[at].role, Role::Object | Role::BareOblique)
        });
    let (false, Some(subject)) = (has, before) else {
        return;
    };
    let rest = subject + 1..verb;
    for at in rest {
        if words[at].head == Some(above) && words[at].role == Role::BareOblique {
            words[at].head = Some(verb);
        }
    }
    words[subject].head = Some(verb);
    words[subject].role = Role::Subject;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::samples::{paragraph, place};

    #[test]
    fn behind_a_fronted_adverbial_the_subject_follows_the_verb() {
        let mut mended = paragraph(&[
            ("Fredag", Pos::Noun, Role::BareOblique, 2),
            ("roste", Pos::Verb, Role::Root, 0),
            ("Macron", Pos::Propn, Role::Object, 2),
        ]);
        mended.words[1].features = "VerbForm=Fin".to_owned();
        order_arguments(&mut mended.words, &(0..3), 1);
        assert_eq!(place(&mended, 3), (Role::Subject, 2));
    }

    #[test]
    fn a_bare_name_behind_a_verb_with_a_subject_is_its_object() {
        let mut mended = paragraph(&[
            ("Macron", Pos::Propn, Role::Subject, 2),
            ("møtte", Pos::Verb, Role::Root, 0),
            ("fredag", Pos::Noun, Role::BareOblique, 2),
            ("Scholz", Pos::Propn, Role::BareOblique, 2),
        ]);
        order_arguments(&mut mended.words, &(0..4), 1);
        assert_eq!(place(&mended, 4), (Role::Object, 2));
        assert_eq!(place(&mended, 3), (Role::BareOblique, 2));
    }

    #[test]
    fn a_described_noun_heads_the_name_beside_it() {
        let mut mended = paragraph(&[
            ("syriske", Pos::Adj, Role::Adjective, 2),
            ("byen", Pos::Noun, Role::Compound, 3),
            ("Aleppo", Pos::Propn, Role::Subject, 4),
            ("falt", Pos::Verb, Role::Root, 0),
        ]);
        lower_names(&mut mended.words, &(0..4));
        assert_eq!(place(&mended, 2), (Role::Subject, 4));
        assert_eq!(place(&mended, 3), (Role::Apposition, 2));
    }

    #[test]
    fn a_bare_title_stays_with_its_name() {
        let rows = [
            ("statsminister", Pos::Noun, Role::Compound, 2),
            ("Solberg", Pos::Propn, Role::Subject, 3),
            ("gikk", Pos::Verb, Role::Root, 0),
        ];
        let mut mended = paragraph(&rows);
        lower_names(&mut mended.words, &(0..3));
        assert_eq!(mended, paragraph(&rows));
    }

    #[test]
    fn a_relative_clause_hangs_on_the_noun_before_it() {
        let mut mended = paragraph(&[
            ("lettet", Pos::Verb, Role::Root, 0),
            ("blokaden", Pos::Noun, Role::Object, 1),
            ("som", Pos::Adp, Role::Case, 4),
            ("Mubarak/som", Pos::Propn, Role::Subject, 5),
            ("innførte", Pos::Verb, Role::AdverbialClause, 1),
        ]);
        hang_relatives(&mut mended.words, &(0..5));
        assert_eq!(place(&mended, 5), (Role::RelativeClause, 2));
        assert_eq!(mended.words[3].marker, None);
    }
}
