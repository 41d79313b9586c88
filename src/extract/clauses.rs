//! Clauses whose verb was read as something else: the listed verb form in them becomes their head again, and what stands
//! before and after it its subject, objects and adverbials. Takes and changes a paragraph's words.

use std::ops::Range;

use super::inflection::{Forms, Inflection};
use crate::grammar::{Paragraph, Pos, Role, Word};

/// Rebuilds the clauses of one sentence that have no verb.
pub(super) fn rebuild(
    paragraph: &mut Paragraph,
    sentence: Range<usize>,
    forms: &Forms,
    inflection: &Inflection,
) {
    for top in sentence.clone() {
        call_verb(&mut paragraph.words, &sentence, top, forms, inflection);
        join_conjunct(&mut paragraph.words, &sentence, top, forms);
        find_helped_verb(&mut paragraph.words, &sentence, top, forms, inflection);
        find_passive(&mut paragraph.words, &sentence, top, forms, inflection);
        if !is_broken(paragraph, top) {
            continue;
        }
        let members = members(&paragraph.words, &sentence, top);
        let verb = members
            .iter()
            .copied()
            .find(|&word| is_verb_form(&paragraph.words, word, &members, forms));
        if let Some(verb) = verb {
            turn(&mut paragraph.words, top, verb, &members, forms);
        }
    }
}

/// "vil verken støtte X", "…, angrep Israel Syria": a verb that heads its clause and is only called a noun: it has an
/// auxiliary, or a verb's dictionary form and a subject or object.
fn call_verb(
    words: &mut [Word],
    sentence: &Range<usize>,
    index: usize,
    forms: &Forms,
    inflection: &Inflection,
) {
    let word = &words[index];
    let nominal = matches!(word.pos, Pos::Noun | Pos::Adj);
    let Some(lemma) = forms
        .verb(&word.text)
        .filter(|_| nominal && word.text.starts_with(char::is_lowercase))
    else {
        return;
    };
    let has = |roles: &[Role]| {
        sentence
            .clone()
            .find(|&other| words[other].head == Some(index) && roles.contains(&words[other].role))
    };
    if has(&[
        Role::Determiner,
        Role::Possessor,
        Role::Adjective,
        Role::Copula,
    ])
    .is_some()
    {
        return;
    }
    let helped = has(&[Role::Auxiliary]).filter(|&auxiliary| auxiliary < index);
    let perfect = helped.map(|auxiliary| {
        let lemma = &words[auxiliary].lemma;
        inflection.perfect_auxiliaries.contains(lemma)
    });
    let clause = matches!(
        word.role,
        Role::Root
            | Role::Conjunct
            | Role::Content
            | Role::AdverbialClause
            | Role::RelativeClause
            | Role::Parataxis
    );
    let argued = has(&[Role::Subject, Role::Object]).is_some();
    let form = match perfect {
        Some(true) => "VerbForm=Part",
        Some(false) if lemma == word.text.to_lowercase() => "VerbForm=Inf",
        None if clause && argued && word.lemma == lemma && lemma != word.text => "VerbForm=Fin",
        _ => return,
    };
    words[index].pos = Pos::Verb;
    words[index].features = form.to_owned();
    words[index].lemma = lemma;
}

/// "opna grensa og letta dermed på blokaden": a coordinated verb that was read as a noun.
fn join_conjunct(words: &mut [Word], sentence: &Range<usize>, index: usize, forms: &Forms) {
    let word = &words[index];
    let Some(first) = word
        .head
        .filter(|&first| word.role == Role::Conjunct && first < index)
    else {
        return;
    };
    let coordinated = index > 0 && words[index - 1].role == Role::Coordinator;
    let nominal = matches!(word.pos, Pos::Noun | Pos::Adj) && !is_verb(&words[first]);
    let lower = word.text.starts_with(char::is_lowercase);
    if !coordinated || !nominal || !lower || forms.is_noun(&word.text) {
        return;
    }
    let Some(lemma) = forms.verb(&word.text).filter(|lemma| *lemma != word.text) else {
        return;
    };
    let mut above = Some(first);
    while let Some(at) = above.filter(|&at| !is_verb(&words[at])) {
        above = words[at].head;
    }
    let Some(verb) = above else { return };
    words[index].head = Some(verb);
    words[index].pos = Pos::Verb;
    words[index].features = "VerbForm=Fin".to_owned();
    words[index].lemma = lemma;
    for later in index + 1..sentence.end {
        if words[later].head == Some(verb) || words[later].head == Some(first) {
            words[later].head = Some(index);
        }
    }
}

fn is_verb(word: &Word) -> bool {
    matches!(word.pos, Pos::Verb | Pos::Aux)
}

/// "har i ukevis pendlet": an auxiliary that heads the clause because its participle was read as a noun.
fn find_helped_verb(
    words: &mut [Word],
    sentence: &Range<usize>,
    top: usize,
    forms: &Forms,
    inflection: &Inflection,
) {
    // "hadde verken angrepet eller truet X": a verb that is joined to it is a participle.
    let joined = words[top].pos == Pos::Verb
        && sentence.clone().any(|word| {
            words[word].head == Some(top)
                && word > top + 2
                && words[word].role == Role::Conjunct
                && is_verb(&words[word])
                && inflection.neither.contains(&words[top + 1].text)
        });
    let auxiliaries = &inflection.participle_auxiliaries;
    let perfect = (words[top].pos == Pos::Aux || joined) && auxiliaries.contains(&words[top].lemma);
    if !perfect
        || !matches!(
            words[top].role,
            Role::Root | Role::RelativeClause | Role::Conjunct
        )
    {
        return;
    }
    let participle = sentence.clone().find(|&word| {
        words[word].head == Some(top)
            && word > top
            && matches!(words[word].pos, Pos::Noun | Pos::Adj)
            && forms.verb(&words[word].text).is_some()
            && !words
                .iter()
                .any(|other| other.head == Some(word) && other.role == Role::Determiner)
    });
    let Some(verb) = participle else { return };
    let lemma = forms.verb(&words[verb].text);
    let lemma = lemma.unwrap_or_else(|| words[verb].lemma.clone());
    raise_participle(words, sentence, top, verb, lemma);
    words[top].role = Role::Auxiliary;
}

/// Makes a participle the head of its auxiliary's clause.
fn raise_participle(
    words: &mut [Word],
    sentence: &Range<usize>,
    auxiliary: usize,
    participle: usize,
    lemma: String,
) {
    let (head, role) = (words[auxiliary].head, words[auxiliary].role);
    let marker = words[auxiliary].marker.take();
    let own = &mut words[participle];
    (own.head, own.role, own.marker) = (head, role, marker);
    (own.pos, own.lemma) = (Pos::Verb, lemma);
    "VerbForm=Part".clone_into(&mut own.features);
    for at in sentence.clone().filter(|&at| at != participle) {
        if words[at].head == Some(auxiliary) {
            words[at].head = Some(participle);
        }
    }
    words[auxiliary].head = Some(participle);
}

/// "ble rost av X": a participle that was read as a noun is a passive if it has an agent.
fn find_passive(
    words: &mut [Word],
    sentence: &Range<usize>,
    index: usize,
    forms: &Forms,
    inflection: &Inflection,
) {
    let word = &words[index];
    let predicate = matches!(word.role, Role::OpenContent | Role::Attribute);
    let becomes = |at: usize| inflection.passive_auxiliaries.contains(&words[at].lemma);
    let Some(top) = word
        .head
        .filter(|&top| predicate && top < index && becomes(top))
    else {
        return;
    };
    let below = |at: usize, head: usize| words[at].head == Some(head);
    let determined = sentence
        .clone()
        .any(|at| below(at, index) && matches!(words[at].role, Role::Determiner | Role::Adjective));
    let by = |at: usize| {
        let marker = words[at].marker.as_ref();
        marker.is_some_and(|marker| inflection.agent_markers.contains(marker))
    };
    let agent =
        (index + 1..sentence.end).find(|&at| by(at) && (below(at, index) || below(at, top)));
    let verb = forms
        .verb(&word.text)
        .filter(|lemma| *lemma != word.text && matches!(word.pos, Pos::Noun | Pos::Adj));
    let (Some(lemma), Some(agent), false) = (verb, agent, determined) else {
        return;
    };
    for at in sentence.clone() {
        if words[at].head == Some(top) && words[at].role == Role::Subject {
            words[at].role = Role::PassiveSubject;
        }
    }
    raise_participle(words, sentence, top, index, lemma);
    words[top].role = Role::PassiveAuxiliary;
    (words[agent].head, words[agent].role) = (Some(index), Role::Agent);
}

/// Whether a clause's head is no verb and has no copula.
fn is_broken(paragraph: &Paragraph, top: usize) -> bool {
    let word = &paragraph.words[top];
    let heads_clause = match word.role {
        Role::Root => word.head.is_none(),
        Role::Content | Role::AdverbialClause | Role::RelativeClause | Role::NounClause => true,
        Role::Conjunct => word.marker.as_deref() == Some("som"),
        _ => false,
    };
    let predicate = [Role::Copula, Role::Auxiliary, Role::PassiveAuxiliary];
    heads_clause
        && !matches!(word.pos, Pos::Verb | Pos::Aux)
        && paragraph.children_with(top, &predicate).next().is_none()
}

/// What hangs on `top`, itself counted, in order.
fn members(words: &[Word], sentence: &Range<usize>, top: usize) -> Vec<usize> {
    let below = |&word: &usize| {
        let mut at = word;
        for _ in 0..sentence.len() {
            if at == top {
                return true;
            }
            match words[at].head {
                Some(head) => at = head,
                None => return false,
            }
        }
        false
    };
    sentence.clone().filter(below).collect()
}

/// Whether a word has the form of a listed verb and stands where a verb stands: after a nominal, before what it governs.
fn is_verb_form(words: &[Word], index: usize, members: &[usize], forms: &Forms) -> bool {
    let word = &words[index];
    let taken = !matches!(
        word.pos,
        Pos::Noun | Pos::Adj | Pos::Adp | Pos::Adv | Pos::Propn
    );
    let lower = word.text.starts_with(char::is_lowercase);
    let (Some(before), Some(after)) = (
        index
            .checked_sub(1)
            .filter(|before| members.contains(before)),
        members.iter().copied().find(|&after| after == index + 1),
    ) else {
        return false;
    };
    if taken
        || !lower
        || forms.verb(&word.text).is_none()
        || !(words[before].text == "som"
            || may_be_subject(&words[before])
            || is_pronoun(word, &words[before]))
    {
        return false;
    }
    let after_som = words[before].text == "som";
    if after_som && matches!(words[after].pos, Pos::Propn | Pos::Det | Pos::Pron) {
        return true;
    }
    let argument = match words[after].pos {
        Pos::Propn | Pos::Pron | Pos::Det | Pos::Num => true,
        Pos::Part => words[after].text == "å",
        Pos::Noun | Pos::Adj => word.pos != Pos::Adj || words[before].pos == Pos::Propn,
        Pos::Adp | Pos::Adv | Pos::Sconj => !forms.is_noun(&word.text),
        _ => false,
    };
    // "Angrepet på X", "de anklagede": what is determined is a noun.
    let determined = members.iter().any(|&other| {
        words[other].head == Some(index)
            && matches!(words[other].role, Role::Determiner | Role::Possessor)
            && other + 1 == index
            && !is_pronoun(word, &words[other])
    });
    argument && !determined
}

/// "at den angrep sykehuset": before an indefinite form "den" is no article.
fn is_pronoun(noun: &Word, before: &Word) -> bool {
    before.text.to_lowercase() == "den"
        && noun.pos == Pos::Noun
        && noun.feature("Definite") == Some("Ind")
}

fn may_be_subject(word: &Word) -> bool {
    let genitive = word.feature("Case") == Some("Gen");
    let definite = word.feature("Definite") == Some("Def");
    match word.pos {
        Pos::Propn => !genitive,
        Pos::Noun => definite && !genitive,
        Pos::Pron => true,
        _ => false,
    }
}

/// Makes `verb` the head of the clause that `top` headed.
fn turn(words: &mut [Word], top: usize, verb: usize, members: &[usize], forms: &Forms) {
    let crosses = |&word: &usize| {
        word != verb
            && words[word]
                .head
                .is_none_or(|head| word == top || head == verb || (head < verb) != (word < verb))
    };
    let loose: Vec<usize> = members.iter().copied().filter(crosses).collect();
    (words[verb].head, words[verb].role) = (words[top].head, words[top].role);
    if top != verb {
        // A clause's subordinator goes over to the verb; the preposition of a fragment stays with its noun.
        let clause = words[top].role != Role::Root;
        words[verb].marker = words[top].marker.take_if(|_| clause);
    }
    words[verb].pos = Pos::Verb;
    words[verb].features = "VerbForm=Fin".to_owned();
    words[verb].lemma = forms
        .verb(&words[verb].text)
        .unwrap_or_else(|| words[verb].lemma.clone());
    // "at den angrep X": what was taken for an article is the subject.
    if let Some(before) = verb.checked_sub(1).filter(|&at| words[at].pos == Pos::Det)
        && words[before].text.to_lowercase() == "den"
    {
        words[before].pos = Pos::Pron;
    }
    for &word in &loose {
        words[word].head = Some(verb);
        words[word].role = plain_role(&words[word]);
    }
    let som = loose
        .iter()
        .copied()
        .find(|&word| word + 1 == verb && words[word].text == "som");
    if let Some(som) = som {
        words[verb].role = Role::RelativeClause;
        words[verb].marker = None;
        words[som].pos = Pos::Pron;
        words[som].role = Role::Subject;
        give_objects(words, verb, &loose);
        return;
    }
    give_arguments(words, verb, &loose);
}

/// The role of what hangs on a verb, arguments not yet told apart (they are bare obliques).
fn plain_role(word: &Word) -> Role {
    match word.role {
        Role::Punctuation | Role::Marker | Role::Coordinator | Role::Negation | Role::Particle => {
            word.role
        }
        Role::Adverb if word.pos != Pos::Propn => Role::Adverb,
        _ => match word.pos {
            Pos::Punct => Role::Punctuation,
            Pos::Verb | Pos::Aux if word.feature("VerbForm") == Some("Inf") => Role::OpenContent,
            Pos::Verb | Pos::Aux if is_clause_role(word.role) => word.role,
            Pos::Verb | Pos::Aux => Role::Parataxis,
            _ if word.marker.is_some() => Role::Oblique,
            Pos::Noun | Pos::Propn | Pos::Pron | Pos::Num | Pos::Det => Role::BareOblique,
            Pos::Adp => Role::Particle,
            Pos::Adj if word.role == Role::Adjective => Role::Attribute,
            _ => Role::Adverb,
        },
    }
}

fn is_clause_role(role: Role) -> bool {
    matches!(
        role,
        Role::Content | Role::OpenContent | Role::AdverbialClause | Role::Parataxis
    )
}

/// The nominal right before the verb is its subject, the one after it its object, or receiver before an object.
fn give_arguments(words: &mut [Word], verb: usize, loose: &[usize]) {
    let bare: Vec<usize> = loose
        .iter()
        .copied()
        .filter(|&word| words[word].role == Role::BareOblique)
        .collect();
    let before = bare.iter().copied().rfind(|&word| word < verb);
    let subject = before.or_else(|| bare.iter().copied().find(|&word| word > verb));
    if let Some(subject) = subject {
        words[subject].role = Role::Subject;
    }
    give_objects(words, verb, loose);
}

fn give_objects(words: &mut [Word], verb: usize, loose: &[usize]) {
    let after: Vec<usize> = loose
        .iter()
        .copied()
        .filter(|&word| word > verb && words[word].role == Role::BareOblique)
        .collect();
    match after[..] {
        [object] => words[object].role = Role::Object,
        [receiver, object, ..] => {
            let apart = words[receiver..object].iter().any(|word| word.text == ",");
            words[receiver].role = if apart {
                Role::Object
            } else {
                Role::IndirectObject
            };
            words[object].role = if apart {
                Role::BareOblique
            } else {
                Role::Object
            };
        }
        [] => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::{
        frames::{Operator, Words},
        inflection::Inflection,
        samples::{paragraph, place},
    };

    fn forms() -> Forms {
        let mut words = Words {
            inflection: Inflection {
                verb_endings: vec![("er".to_owned(), "e".to_owned())],
                ..Inflection::default()
            },
            ..Words::default()
        };
        words.stand_ins.insert("styrke".to_owned());
        let operator = Operator {
            rule: "nb/test".into(),
            verbs: vec![vec!["bevæpne".to_owned()]],
            nouns: vec![],
            adjectives: vec![],
            slots: vec![],
            emit: None,
            emit_denied: None,
            own: false,
            emit_on: crate::extract::frames::EmitOn::Any,
            embedded: crate::extract::frames::Embedded::Keep,
            holds_if_denied: false,
            done_in_past: false,
            flip: false,
            quotes: false,
            speaker: false,
            object_control: false,
            asserted_for: vec![],
            coded_for: vec![],
            with: vec![],
            examples: vec![],
        };
        Forms::new(&[], &[operator], &words)
    }

    #[test]
    fn a_verb_read_as_a_noun_heads_its_clause_again() {
        let mut mended = paragraph(&[
            ("Iran", Pos::Propn, Role::Compound, 2),
            ("bevæpner", Pos::Noun, Role::Compound, 3),
            ("Hizbollah", Pos::Propn, Role::Root, 0),
        ]);
        rebuild(&mut mended, 0..3, &forms(), &Inflection::default());
        assert_eq!(place(&mended, 1), (Role::Subject, 2));
        assert_eq!(place(&mended, 2), (Role::Root, 0));
        assert_eq!(place(&mended, 3), (Role::Object, 2));
        assert_eq!(mended.words[1].lemma, "bevæpne");
    }

    #[test]
    fn a_noun_with_an_article_stays_one() {
        let rows = [
            ("den", Pos::Det, Role::Determiner, 2),
            ("bevæpner", Pos::Noun, Role::Root, 0),
            ("Hizbollah", Pos::Propn, Role::Flat, 2),
        ];
        let mut mended = paragraph(&rows);
        rebuild(&mut mended, 0..3, &forms(), &Inflection::default());
        assert_eq!(mended, paragraph(&rows));
    }
}
