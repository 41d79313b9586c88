//! Who holds an office, where the name was drawn into what the office is of, or read as one more subject.

use super::{first_word, hang};
use crate::grammar::{Paragraph, Pos, Role};

/// "Head of the Ostland Group Anna Holm spoke": the recogniser sees two names side by side, the parser only one, of the
/// person. The first is what the noun is of, the second stands beside the noun.
pub(super) fn part_holders(paragraph: &mut Paragraph) {
    for number in 1..paragraph.names.len() {
        let (body, person) = (&paragraph.names[number - 1], &paragraph.names[number]);
        let labelled = matches!(&*body.label, "ORG" | "GPE") && person.label == "PERSON";
        if !labelled || body.words.end != person.words.start {
            continue;
        }
        let (of, holder) = (body.words.end - 1, person.words.end - 1);
        let words = &paragraph.words;
        let Some(office) = words[holder].head.filter(|&office| office < of) else {
            continue;
        };
        let one = words[of].head == Some(holder)
            && words[of].role == Role::Compound
            && words[holder].role == Role::Oblique
            && matches!(words[office].pos, Pos::Noun | Pos::Propn);
        if one {
            let start = person.words.start;
            let words = &mut paragraph.words;
            words[of].marker = words[holder].marker.take();
            for child in &mut words[office + 1..start] {
                if child.head == Some(holder) {
                    child.head = Some(of);
                }
            }
            hang(paragraph, of, office, Role::Oblique);
            hang(paragraph, holder, office, Role::Apposition);
        }
    }
}

/// "A close ally of Ostland, Anna Holm was elected": a noun at the beginning and the name after a comma, taken for two
/// subjects of one verb.
pub(super) fn join_fronted(paragraph: &mut Paragraph) {
    for name in 2..paragraph.words.len() {
        let words = &paragraph.words;
        let role = words[name].role;
        let subject = matches!(role, Role::Subject | Role::PassiveSubject);
        let Some(verb) = words[name]
            .head
            .filter(|&verb| subject && verb > name && words[name].pos == Pos::Propn)
        else {
            continue;
        };
        let start = first_word(words, name);
        let opening = paragraph.sentence_of(name).start;
        let roles = [Role::Subject, Role::PassiveSubject, Role::Other];
        let noun = paragraph
            .children_with(verb, &roles)
            .find(|&noun| noun < start && words[noun].pos == Pos::Noun);
        let Some(noun) = noun.filter(|_| start > 0 && words[start - 1].text == ",") else {
            continue;
        };
        let whole = first_word(words, noun) == opening && words[noun].marker.is_none();
        let listed = paragraph
            .children_with(noun, &[Role::Conjunct])
            .next()
            .is_some();
        if whole && !listed {
            hang(paragraph, noun, verb, role);
            hang(paragraph, name, noun, Role::Apposition);
        }
    }
}
