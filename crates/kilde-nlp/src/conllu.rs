//! Annotations as CoNLL-U (universaldependencies.org/format.html): one block per sentence. White-space tokens are no words
//! there, so they go to `SpacesAfter` of the word before (`SpacesBefore` at the start of a text); entities to `NER`.

use std::io::{self, Write};

use crate::annotation::{Doc, Iob, Token};

/// Writes a document; `id` names it in `# newdoc id`, its sentences are `id-1`, `id-2` ….
///
/// # Errors
/// Those of `out`.
pub fn write(doc: &Doc, id: &str, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "# newdoc id = {}", one_line(id))?;
    let words: Vec<usize> = (0..doc.tokens.len())
        .filter(|&at| !doc.tokens[at].is_space)
        .collect();
    let sentences = sentences(doc, &words);
    for (number, sentence) in sentences.iter().enumerate() {
        let (Some(&first), Some(&last)) = (sentence.first(), sentence.last()) else {
            continue;
        };
        writeln!(out, "# sent_id = {}-{}", one_line(id), number + 1)?;
        writeln!(
            out,
            "# text = {}",
            one_line(&doc.text[doc.tokens[first].start..doc.tokens[last].end])
        )?;
        for (place, &at) in sentence.iter().enumerate() {
            word(doc, sentence, place, at, out)?;
        }
        writeln!(out)?;
    }
    Ok(())
}

/// The words of each sentence. A sentence that starts on white space starts at the word after it.
fn sentences(doc: &Doc, words: &[usize]) -> Vec<Vec<usize>> {
    let mut sentences: Vec<Vec<usize>> = Vec::new();
    let mut seen = 0;
    for &at in words {
        let starts = doc.tokens[seen..=at].iter().any(|token| token.sent_start);
        seen = at + 1;
        match sentences.last_mut() {
            Some(sentence) if !starts => sentence.push(at),
            _ => sentences.push(vec![at]),
        }
    }
    sentences
}

fn word(
    doc: &Doc,
    sentence: &[usize],
    place: usize,
    at: usize,
    out: &mut impl Write,
) -> io::Result<()> {
    let token = &doc.tokens[at];
    // What hangs on white space hangs on what that hangs on.
    let mut head = token.head;
    for _ in 0..doc.tokens.len() {
        if !doc.tokens[head].is_space || doc.tokens[head].head == head {
            break;
        }
        head = doc.tokens[head].head;
    }
    let above = sentence.binary_search(&head).ok().filter(|_| head != at);
    let (head, dep) = match above {
        Some(place) => (
            place + 1,
            if &*token.dep == "ROOT" {
                "root"
            } else {
                &*token.dep
            },
        ),
        None => (0, "root"),
    };
    writeln!(
        out,
        "{}\t{}\t{}\t{}\t{}\t{}\t{head}\t{}\t_\t{}",
        place + 1,
        field(doc.token_text(at)),
        field(&token.lemma),
        field(&token.pos),
        field(&token.tag),
        field(&token.morph),
        field(dep),
        misc(doc, at),
    )
}

fn misc(doc: &Doc, at: usize) -> String {
    let token = &doc.tokens[at];
    let mut parts = Vec::new();
    if let Some(entity) = entity(token) {
        parts.push(format!("NER={entity}"));
    }
    let next = doc.tokens[at + 1..].iter().find(|token| !token.is_space);
    let after = &doc.text[token.end..next.map_or(doc.text.len(), |next| next.start)];
    match after {
        " " => {}
        "" if next.is_some() => parts.push("SpaceAfter=No".to_owned()),
        "" => {}
        spaces => parts.push(format!("SpacesAfter={}", spelt(spaces))),
    }
    let before = &doc.text[..token.start];
    if !before.is_empty() && before.chars().all(char::is_whitespace) {
        parts.push(format!("SpacesBefore={}", spelt(before)));
    }
    parts.sort_unstable();
    if parts.is_empty() {
        "_".to_owned()
    } else {
        parts.join("|")
    }
}

fn entity(token: &Token) -> Option<String> {
    match token.ent_iob {
        Iob::Outside => None,
        Iob::Begin => Some(format!("B-{}", token.ent_type)),
        Iob::Inside => Some(format!("I-{}", token.ent_type)),
    }
}

/// White space as CoNLL-U spells it (`\s`, `\t`, `\n`, `\r`); rarer characters by their code point.
fn spelt(spaces: &str) -> String {
    let mut spelt = String::new();
    for character in spaces.chars() {
        match character {
            ' ' => spelt.push_str("\\s"),
            '\t' => spelt.push_str("\\t"),
            '\n' => spelt.push_str("\\n"),
            '\r' => spelt.push_str("\\r"),
            '|' => spelt.push_str("\\p"),
            '\\' => spelt.push_str("\\\\"),
            other => spelt.extend(other.escape_unicode()),
        }
    }
    spelt
}

/// A field never holds a tab or a line break, and is never empty.
fn field(text: &str) -> String {
    if text.is_empty() {
        "_".to_owned()
    } else {
        one_line(text)
    }
}

fn one_line(text: &str) -> String {
    text.chars()
        .map(|character| {
            if character.is_control() || character == '\u{2028}' {
                ' '
            } else {
                character
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn doc(text: &str, tokens: &[(&str, usize, &str)]) -> Doc {
        let mut end = 0;
        let mut doc = Doc {
            text: text.to_owned(),
            tokens: Vec::new(),
        };
        for (number, (word, head, dep)) in tokens.iter().enumerate() {
            let start = end + text[end..].find(word).unwrap();
            end = start + word.len();
            let label = |text: &str| text.into();
            doc.tokens.push(Token {
                start,
                end,
                space_after: text[end..].starts_with(' '),
                is_space: word.trim().is_empty(),
                norm: label(word),
                tag: label("T"),
                pos: label("X"),
                morph: label(""),
                lemma: label(word),
                head: *head,
                dep: label(dep),
                sent_start: number == 0 || *dep == "ROOT",
                ent_iob: if number == 0 {
                    Iob::Begin
                } else {
                    Iob::Outside
                },
                ent_type: label(if number == 0 { "GPE" } else { "" }),
            });
        }
        doc
    }

    #[test]
    fn sentences_are_blocks_and_white_space_is_kept() {
        let doc = doc(
            "Oslo sover. \n\nBergen.",
            &[
                ("Oslo", 1, "nsubj"),
                ("sover", 1, "x"),
                (".", 1, "punct"),
                ("\n\n", 1, ""),
                ("Bergen", 4, "ROOT"),
                (".", 4, "punct"),
            ],
        );
        let mut out = Vec::new();
        write(&doc, "a", &mut out).unwrap();
        let expected = "# newdoc id = a\n# sent_id = a-1\n# text = Oslo sover.\n\
            1\tOslo\tOslo\tX\tT\t_\t2\tnsubj\t_\tNER=B-GPE\n2\tsover\tsover\tX\tT\t_\t0\troot\t_\tSpaceAfter=No\n\
            3\t.\t.\tX\tT\t_\t2\tpunct\t_\tSpacesAfter=\\s\\n\\n\n\n\
            # sent_id = a-2\n# text = Bergen.\n1\tBergen\tBergen\tX\tT\t_\t0\troot\t_\tSpaceAfter=No\n2\t.\t.\tX\tT\t_\t1\tpunct\t_\t_\n\n";
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }
}
