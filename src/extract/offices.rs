//! Who holds an office: the name in apposition, behind the title, in front of the copula, or under "as".

use super::{
    frames::{Kind, Slot},
    scene::{Actor, Scene},
};
use crate::{
    grammar::{Pos, Role},
    text::Span,
};

/// Where the words of an office stand before its head ("Home" of "Home Secretary"), if it has some.
pub(super) fn words_before(scene: &Scene<'_>, word: usize) -> Option<Span> {
    let calls = scene.calls(Kind::Office, word).into_iter();
    let longest = calls.map(|(_, words)| words).max().unwrap_or(1);
    let first = (word + 1).saturating_sub(longest);
    (first < word).then(|| scene.tree.paragraph.span(first..word))
}

/// The actors that hold the office which the noun at `word` names, by grammar alone; none if the tie is a former one.
pub(super) fn holders(scene: &Scene<'_>, word: usize) -> Vec<Actor> {
    if is_former(scene, word) {
        return vec![];
    }
    for find in [
        by_comma,
        by_apposition,
        by_title,
        by_copula,
        by_attribute,
        by_role_marker,
        by_stray_apposition,
        by_description,
        by_gatherer,
    ] {
        let found = find(scene, word);
        if !found.is_empty() {
            return found;
        }
    }
    vec![]
}

/// The verb by which somebody comes into the office that `word` names ("named X envoy", "elected X as leader").
pub(super) fn appointment(scene: &Scene<'_>, word: usize) -> Option<usize> {
    let tree = &scene.tree;
    let own = tree.word(word);
    let appoints = |verb: usize| {
        tree.is_verb(verb)
            && tree
                .frames
                .words
                .appointing
                .contains(&tree.word(verb).lemma)
    };
    if appoints(word) {
        return Some(word);
    }
    let predicate = matches!(
        own.role,
        Role::Attribute | Role::Oblique | Role::OpenContent
    );
    own.head.filter(|&verb| predicate && appoints(verb))
}

fn is_former(scene: &Scene<'_>, word: usize) -> bool {
    let tree = &scene.tree;
    // The parser may hang "former" on the name behind the office.
    let beside = word.checked_sub(1).is_some_and(|before| {
        let own = tree.word(before);
        own.pos == Pos::Adj && tree.frames.words.former.contains(&own.lemma)
    });
    beside
        || leaves(scene, word)
        || tree.children(word).iter().any(|&child| {
            let own = tree.word(child);
            matches!(own.role, Role::Adjective | Role::Compound | Role::Adverb)
                && tree.frames.words.former.contains(&own.lemma)
        })
        || tree
            .word(word)
            .lemma
            .split('-')
            .next()
            .is_some_and(|prefix| {
                prefix.len() < tree.word(word).lemma.len()
                    && tree.frames.words.former.contains(prefix)
            })
}

/// "resigned as leader", "gikk av som leder": an office that its holder leaves.
fn leaves(scene: &Scene<'_>, word: usize) -> bool {
    let tree = &scene.tree;
    let words = &tree.frames.words;
    let own = tree.word(word);
    let marked = own
        .marker
        .as_ref()
        .is_some_and(|marker| words.role_markers.contains(marker));
    let mut before = (0..word).rev().filter(|&at| tree.is_verb(at));
    let Some(verb) = before.next().filter(|_| marked) else {
        return false;
    };
    let lemma = &tree.word(verb).lemma;
    let with = |at: usize| {
        words
            .leaving
            .contains(&format!("{lemma} {}", tree.lower(at)))
    };
    tree.sentence(verb) == tree.sentence(word)
        && (words.leaving.contains(lemma) || (verb + 1..word).any(with))
}

/// "Anna Holm, mayor of Bergen, Jon Berg, mayor of Oslo, …": a bare office with something under it belongs to the name right
/// before its comma, whatever parsers make of such lists.
fn by_comma(scene: &Scene<'_>, word: usize) -> Vec<Actor> {
    let tree = &scene.tree;
    let words = &tree.paragraph.words;
    let sentence = tree.sentence(word);
    let under = words
        .get(word + 1)
        .is_some_and(|next| next.pos == Pos::Adp && sentence.contains(&(word + 1)));
    let first = words_before(scene, word).map_or(word, |before| {
        words.partition_point(|other| other.span.start < before.start)
    });
    let bare = tree.word(word).feature("Definite") != Some("Def");
    let comma = first
        .checked_sub(1)
        .filter(|at| sentence.contains(at) && words[*at].text == "," && under && bare);
    let Some(last) = comma.and_then(|comma| comma.checked_sub(1)) else {
        return vec![];
    };
    // The head of a long name may stand at either end of it.
    let name = (sentence.start..=last)
        .rev()
        .take_while(|&at| words[at].pos == Pos::Propn);
    let ends = |actor: &Actor| actor.argument.span.end == words[last].span.end;
    name.map(|at| scene.heading(at))
        .map(|found| found.into_iter().filter(ends).collect::<Vec<_>>())
        .find(|found| !found.is_empty())
        .unwrap_or_default()
}

fn by_apposition(scene: &Scene<'_>, word: usize) -> Vec<Actor> {
    let tree = &scene.tree;
    let beside = tree.with_role(word, Role::Apposition);
    let found: Vec<Actor> = beside
        .into_iter()
        .flat_map(|name| scene.actors(name))
        .collect();
    if !found.is_empty() {
        return found;
    }
    match (tree.word(word).role, tree.word(word).head) {
        (Role::Apposition, Some(head)) => tree
            .described(word, head)
            .into_iter()
            .flat_map(|name| scene.actors(name))
            .collect(),
        // "Abbas, chairman of the PLO and leader of Fatah": coordinated offices share their holder.
        (Role::Conjunct, Some(head)) if tree.word(head).pos == Pos::Noun => {
            holders_of_first(scene, head)
        }
        _ => vec![],
    }
}

/// "X, one of the leaders of Y".
fn by_gatherer(scene: &Scene<'_>, word: usize) -> Vec<Actor> {
    let outer = scene.gatherer(word);
    outer.map_or_else(Vec::new, |outer| holders_of_first(scene, outer))
}

fn holders_of_first(scene: &Scene<'_>, head: usize) -> Vec<Actor> {
    for find in [by_apposition, by_title, by_copula, by_attribute] {
        let found = find(scene, head);
        if !found.is_empty() {
            return found;
        }
    }
    vec![]
}

/// "The head of the agency, Anna Holm, said": a name after a comma that the parser hung on the last noun before it.
fn by_stray_apposition(scene: &Scene<'_>, word: usize) -> Vec<Actor> {
    let tree = &scene.tree;
    let mut at = word;
    for _ in 0..2 {
        let mut obliques = tree.with_role(at, Role::Oblique).into_iter();
        let Some(under) = obliques.rfind(|&under| under > at) else {
            break;
        };
        let after_comma = |&name: &usize| {
            let comma =
                |&child: &usize| child > under && child < name && tree.word(child).text == ",";
            tree.word(name).pos == Pos::Propn && tree.children(under).iter().any(comma)
        };
        let strays = tree.with_role(under, Role::Apposition).into_iter();
        let found: Vec<Actor> = strays
            .filter(after_comma)
            .flat_map(|name| scene.actors(name))
            .collect();
        if !found.is_empty() {
            return found;
        }
        at = under;
    }
    vec![]
}

/// "Hamas leader Ismail Haniyeh": the office stands before the name and hangs on it.
fn by_title(scene: &Scene<'_>, word: usize) -> Vec<Actor> {
    // The parts of a long name may hang on one another; the actor is found at its top.
    let mut at = word;
    while let (Role::Compound | Role::Flat, Some(head)) =
        (scene.tree.word(at).role, scene.tree.word(at).head)
    {
        if head <= at || scene.tree.word(head).pos != Pos::Propn {
            break;
        }
        at = head;
    }
    if at == word { vec![] } else { scene.actors(at) }
}

fn by_copula(scene: &Scene<'_>, word: usize) -> Vec<Actor> {
    // "President i Mali er Ali Berg": the office is the subject, and the name says who it is.
    let own = scene.tree.word(word);
    if let (Role::Subject, Some(name)) = (own.role, own.head)
        && scene.tree.word(name).pos == Pos::Propn
        && scene.tree.has(name, Role::Copula)
    {
        return scene.actors(name);
    }
    if !scene.tree.has(word, Role::Copula) {
        return vec![];
    }
    let mut subjects = scene.tree.with_role(word, Role::Subject);
    // "denied being the leader of X"
    let open = matches!(
        scene.tree.word(word).role,
        Role::OpenContent | Role::AdverbialClause
    );
    if subjects.is_empty() && open {
        subjects = scene.tree.grammatical_subject(word, 0);
    }
    subjects
        .into_iter()
        .flat_map(|subject| scene.actors(subject))
        .collect()
}

/// "became leader", "was named envoy", "named him envoy".
fn by_attribute(scene: &Scene<'_>, word: usize) -> Vec<Actor> {
    let tree = &scene.tree;
    let (Role::Attribute, Some(verb)) = (tree.word(word).role, tree.word(word).head) else {
        return vec![];
    };
    let lemma = &tree.word(verb).lemma;
    let holders = if tree.frames.words.appointing.contains(lemma) {
        tree.objects(verb)
    } else if tree.frames.words.becoming.contains(lemma) || tree.word(verb).pos == Pos::Aux {
        tree.grammatical_subject(verb, 0)
    } else {
        vec![]
    };
    holders
        .into_iter()
        .flat_map(|holder| scene.actors(holder))
        .collect()
}

/// "serves as spokesman", "elected X as leader"; an object of another verb ("dismissed X as minister") holds nothing.
fn by_role_marker(scene: &Scene<'_>, word: usize) -> Vec<Actor> {
    let tree = &scene.tree;
    let own = tree.word(word);
    let marked = own
        .marker
        .as_ref()
        .is_some_and(|marker| tree.frames.words.role_markers.contains(marker));
    match own.head {
        // "the appointment of X as chief"
        Some(noun)
            if marked
                && tree.is_nominal(noun)
                && tree
                    .frames
                    .words
                    .appointing
                    .contains(&tree.word(noun).lemma) =>
        {
            let of = tree.frames.words.owner.first().cloned();
            let named = of.into_iter().map(|of| vec![Slot::Under(of)]);
            named.flat_map(|path| scene.fill(noun, &path)).collect()
        }
        Some(verb)
            if marked
                && tree.is_verb(verb)
                && tree
                    .frames
                    .words
                    .appointing
                    .contains(&tree.word(verb).lemma) =>
        {
            tree.objects(verb)
                .into_iter()
                .flat_map(|object| scene.actors(object))
                .collect()
        }
        Some(verb)
            if marked
                && own.role == Role::Oblique
                && tree.is_verb(verb)
                && !tree.is_passive(verb)
                && tree.objects(verb).is_empty() =>
        {
            tree.subjects(verb)
                .into_iter()
                .flat_map(|subject| scene.actors(subject))
                .collect()
        }
        _ => vec![],
    }
}

/// A description that was linked to somebody ("the Hamas leader said"): that somebody.
fn by_description(scene: &Scene<'_>, word: usize) -> Vec<Actor> {
    // "the Syrian city of X" is X itself.
    let named = &scene.tree.frames.words.named_under;
    if named.contains(&scene.tree.word(word).lemma) {
        return scene.actors(word);
    }
    scene.mentioned(word)
}
