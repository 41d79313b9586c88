//! One given actor tells of the other ("X said that Y had shelled the town"): whoever tells of another's deeds accuses them.

use super::{
    super::{
        factuality,
        frames::{Embedded, Kind},
        matching::Context,
        tree::Tree,
    },
    Placed,
    meaning::{class, meaning, operators},
    path::Path,
};
use crate::{
    claim::{Modality, Name, Polarity},
    grammar::{Pos, Role},
};

/// Nothing is embedded deeper than this but by a parser's knot.
const STEPS: usize = 5;

/// Who tells what of whom.
pub(super) struct Telling<'p> {
    /// The teller, then whose deed is told.
    pub(super) ends: [&'p Placed; 2],
    /// The verb of speech.
    pub(super) verb: usize,
    /// The verb of the clause in which the deed is told.
    pub(super) clause: usize,
}

/// The clause on the path whose subject is the one, under a verb of speech whose subject is the other; owners of subjects
/// count as subjects ("X's spokesman").
pub(super) fn found<'p>(
    context: &Context<'_>,
    path: &Path,
    ends: [&'p Placed; 2],
) -> Option<Telling<'p>> {
    let tree = &context.scene.tree;
    let [one, other] = ends;
    let words = path.words();
    let verbs = words.iter().copied().filter(|&word| tree.is_verb(word));
    let verbs: Vec<usize> = verbs.collect();
    let pairs = [[one, other], [other, one]];
    let told = pairs.into_iter().find_map(|[teller, agent]| {
        let tells = |&verb: &usize| {
            (tells(context, verb) || urges(context, verb))
                && is_subject(tree, verb, teller.head)
                && !is_subject(tree, verb, agent.head)
        };
        let verb = verbs.iter().copied().find(|verb| tells(verb))?;
        let told = |&clause: &usize| {
            clause != verb
                && is_subject(tree, clause, agent.head)
                && is_told_under(context, clause, verb)
                && !is_conditional(context, clause)
        };
        let clause = verbs.iter().copied().find(|clause| told(clause))?;
        Some(Telling {
            ends: [teller, agent],
            verb,
            clause,
        })
    });
    told.or_else(|| attributed(context, pairs))
}

/// "According to X, Y shelters …": the clause whose subject is the one and whose speaker is the other.
fn attributed<'p>(context: &Context<'_>, pairs: [[&'p Placed; 2]; 2]) -> Option<Telling<'p>> {
    let tree = &context.scene.tree;
    pairs.into_iter().find_map(|[teller, agent]| {
        let ways = std::iter::successors(Some(agent.head), |&at| tree.word(at).head);
        let mut clauses = ways
            .take(STEPS)
            .filter(|&at| tree.is_verb(at) && is_subject(tree, at, agent.head));
        let main = |&clause: &usize| {
            matches!(
                tree.word(clause).role,
                Role::Root | Role::Content | Role::Parataxis | Role::Conjunct
            )
        };
        let clause = clauses.next().filter(main)?;
        let source = tree.word(teller.head).marker.as_ref();
        let source =
            source.is_some_and(|by| context.frames.words.speaker_prepositions.contains(by));
        let held = factuality::hold(context.scene, clause, false, "", context.ontology);
        let mut speakers = held.speakers.iter().chain(&held.via);
        let says = source && speakers.any(|speaker| speaker.entity == teller.actor.argument.entity);
        (says && !is_subject(tree, clause, teller.head)).then_some(Telling {
            ends: [teller, agent],
            verb: clause,
            clause,
        })
    })
}

/// Whether what is told is a charge although its act is none: it is told as fact, of somebody else, and the verb of speech
/// says nothing better.
pub(super) fn is_charge(context: &Context<'_>, told: &Telling<'_>, act: Option<&str>) -> bool {
    let tree = &context.scene.tree;
    let peaceful = |relation: &str| class(context, relation).is_some_and(|class| class <= 2);
    let praise = context.frames.words.praise.as_deref();
    let says = meaning(context, told.verb);
    let silent = told.verb == told.clause
        || says.is_none_or(|says| peaceful(&says) && Some(&*says) != praise);
    let held = factuality::hold(context.scene, told.clause, false, "", context.ontology);
    let fact = matches!(held.modality, Modality::Asserted | Modality::Possible)
        && held.polarity == Polarity::Positive;
    // "said that X had helped it"
    let back = tree.sentence(told.clause).any(|word| {
        let own = tree.word(word);
        let object = matches!(
            own.role,
            Role::Object | Role::IndirectObject | Role::Oblique
        );
        own.pos == Pos::Pron && object && is_below(tree, word, told.clause)
    });
    silent && fact && !back && act.is_none_or(|act| Some(act) != praise)
}

/// Whether an act at `word` is what is told, a part of it, or what it is told as ("repeated its demand that X …").
pub(super) fn is_in(context: &Context<'_>, told: &Telling<'_>, word: usize) -> bool {
    let tree = &context.scene.tree;
    told.verb == told.clause
        || is_below(tree, word, told.clause)
        || is_below(tree, told.clause, word)
}

/// Whether what is told will hurt whom it is told of ("said that X would pay a heavy price"), or would under a condition ("said
/// that X risked sanctions if it did not leave").
pub(super) fn threatens(context: &Context<'_>, told: &Telling<'_>) -> bool {
    let tree = &context.scene.tree;
    let held = factuality::hold(context.scene, told.clause, false, "", context.ontology);
    let suffers = &context.frames.words.suffering;
    let depends = tree.children(told.clause).iter().any(|&child| {
        tree.word(child).role == Role::AdverbialClause && is_conditional(context, child)
    });
    suffers.contains(&tree.word(told.clause).lemma)
        && (held.modality == Modality::Planned || depends)
        && held.polarity == Polarity::Positive
}

/// Whether who is told of may trust in what the teller will do ("X can count on cheap gas, Y said").
pub(super) fn assures(context: &Context<'_>, told: &Telling<'_>) -> bool {
    let tree = &context.scene.tree;
    let trusts = &context.frames.words.trusting;
    let held = factuality::hold(context.scene, told.clause, false, "", context.ontology);
    trusts.contains(&tree.word(told.clause).lemma)
        && matches!(held.modality, Modality::Possible | Modality::Planned)
        && held.polarity == Polarity::Positive
}

/// The measure that is told of, of who tells it, and its relation ("sanctions against X took effect, Y said"): one that nobody
/// else is said to take, and its coming about.
pub(super) fn own_measure(context: &Context<'_>, told: &Telling<'_>) -> Option<(usize, Name)> {
    let tree = &context.scene.tree;
    let words = &context.frames.words;
    if !words.onset.contains(&tree.word(told.clause).lemma) {
        return None;
    }
    let subject = |&&noun: &&usize| {
        let role = tree.word(noun).role;
        tree.is_nominal(noun) && matches!(role, Role::Subject | Role::PassiveSubject)
    };
    let noun = *tree.children(told.clause).iter().find(subject)?;
    let relation = meaning(context, noun)?;
    words
        .measures
        .contains(&*relation)
        .then_some((noun, relation))
}

/// Whether what is told must be done ("said that X had to resign", "said that X needed to act").
pub(super) fn asks(context: &Context<'_>, told: &Telling<'_>) -> bool {
    let tree = &context.scene.tree;
    let must = operators(context, told.clause).into_iter().any(|number| {
        let embedded = context.frames.operators[number].embedded;
        embedded == Embedded::As(Modality::Demanded)
    });
    let held = factuality::hold(context.scene, told.clause, false, "", context.ontology);
    // "X must resign, Y said"
    let modal = |&by: &usize| tree.word(by).role == Role::Auxiliary;
    if held.modality == Modality::Demanded && held.words.first().is_some_and(modal) {
        return true;
    }
    must && held.polarity == Polarity::Positive
        && tree
            .children(told.clause)
            .iter()
            .any(|&child| tree.word(child).role == Role::OpenContent && tree.is_infinitive(child))
}

/// Whether a verb or noun passes on what somebody says, not denying it.
fn tells(context: &Context<'_>, word: usize) -> bool {
    let kind = if context.scene.tree.is_nominal(word) {
        Kind::OperatorNoun
    } else {
        Kind::OperatorVerb
    };
    let calls = context.scene.calls(kind, word);
    let mut operators = calls
        .iter()
        .map(|&(number, _)| &context.frames.operators[number]);
    operators.any(|operator| operator.speaker && !operator.flip)
}

/// Whether a verb asks for what is told ("X should resign, Y urged").
fn urges(context: &Context<'_>, verb: usize) -> bool {
    operators(context, verb).into_iter().any(|number| {
        let embedded = context.frames.operators[number].embedded;
        embedded == Embedded::As(Modality::Demanded)
    })
}

/// Whether a word is a verb's subject, or owns or describes it.
pub(super) fn is_subject(tree: &Tree<'_>, verb: usize, word: usize) -> bool {
    let subjects = tree.subjects(verb);
    // "X, whose envoy said that …"
    let whose = |&subject: &usize| {
        let mut owners = tree.with_role(subject, Role::Possessor).into_iter();
        owners.any(|owner| tree.frames.words.relative.contains(tree.lower(owner)))
    };
    let own = tree.word(verb);
    if own.role == Role::RelativeClause && own.head == Some(word) && subjects.iter().any(whose) {
        return true;
    }
    let mut at = word;
    for _ in 0..STEPS {
        if subjects.contains(&at) {
            return true;
        }
        let own = tree.word(at);
        let inside = matches!(
            own.role,
            Role::Possessor
                | Role::Compound
                | Role::Adjective
                | Role::Flat
                | Role::Apposition
                | Role::Oblique
        );
        match own.head.filter(|&head| inside && tree.is_nominal(head)) {
            Some(head) => at = head,
            None => return false,
        }
    }
    false
}

/// Whether a clause is what a verb of speech says, also by way of another ("said it believed that …", "found evidence that …").
fn is_told_under(context: &Context<'_>, clause: usize, verb: usize) -> bool {
    let tree = &context.scene.tree;
    let mut at = clause;
    for _ in 0..STEPS {
        let own = tree.word(at);
        let Some(head) = own.head else {
            return false;
        };
        let content = matches!(own.role, Role::Content | Role::Parataxis);
        let steps = match own.role {
            Role::Content | Role::Parataxis => head == verb || tells(context, head),
            Role::Conjunct => tree.is_verb(head),
            Role::NounClause => {
                own.marker.is_some() && tree.is_nominal(head) && tells(context, head)
            }
            // "said in a report that X …"
            Role::Object => true,
            Role::Oblique => at != clause,
            _ => false,
        };
        if !steps {
            return false;
        }
        if head == verb {
            return content || at != clause && own.role != Role::Conjunct;
        }
        at = head;
    }
    false
}

/// Whether a word stands below another.
fn is_below(tree: &Tree<'_>, word: usize, above: usize) -> bool {
    let ways = std::iter::successors(Some(word), |&at| tree.word(at).head);
    ways.take(tree.paragraph.words.len()).any(|at| at == above)
}

/// Whether a word stands in a clause under "if" or "unless".
pub(super) fn is_conditional(context: &Context<'_>, word: usize) -> bool {
    let tree = &context.scene.tree;
    let ways = std::iter::successors(Some(word), |&at| tree.word(at).head);
    ways.take(tree.paragraph.words.len()).any(|at| {
        let marker = tree.word(at).marker.as_deref();
        let cue = marker.and_then(|marker| context.frames.words.subordinators.get(marker));
        cue.is_some_and(|cue| cue.modality == Some(Modality::Hypothetical))
    })
}
