//! A regular expression of a pipeline's, ready to search: the tokenizer's affixes and the attribute ruler's words.
//! spaCy's affixes are long alternations in which a few alternatives look one or two characters behind or ahead. Each of those is turned
//! into an expression without look-around and with a group, `(?<=X)Y(?=Z)` into `X(Y)Z`, and what lies between them stays one
//! expression: all run in linear time. Only what has no such form (the URL pattern) goes to the backtracking engine, and only
//! where a looser expression without look-around has matched.

mod python;

use fancy_regex::{Regex, RegexBuilder};

use python::{Item, parse};

/// Where something was found: first byte and one past the last.
pub(crate) type Found = (usize, usize);

/// A compiled pattern.
#[derive(Debug)]
pub(crate) struct Pattern {
    alternatives: Vec<Alternative>,
}

#[derive(Debug)]
struct Alternative {
    regex: Regex,
    /// If the match is group 1 of `regex`: how many characters stand before it.
    behind: Option<usize>,
    /// Matches wherever `regex` does, and perhaps elsewhere too.
    looser: Option<Regex>,
}

impl Pattern {
    /// Compiles a pattern that is to be found anywhere (Python's `search` and `finditer`); the error says what is not supported.
    pub(crate) fn search(python: &str) -> Result<Self, String> {
        Self::from_items(&parse(python)?)
    }

    /// Compiles a pattern that is to be found at the start of the text (Python's `match`).
    pub(crate) fn match_start(python: &str) -> Result<Self, String> {
        let mut items = vec![Item::Mark("^".to_owned()), Item::Open("(?:".to_owned())];
        items.extend(parse(python)?);
        items.push(Item::Close);
        Self::from_items(&items)
    }

    /// Whether the pattern is found.
    pub(crate) fn is_match(&self, text: &str) -> bool {
        self.find(text, 0).is_some()
    }

    /// The first match that starts at byte `from` or later; of several that start there, the one whose alternative stands first.
    pub(crate) fn find(&self, text: &str, from: usize) -> Option<Found> {
        let matches = self
            .alternatives
            .iter()
            .filter_map(|alternative| alternative.find(text, from));
        matches.min_by_key(|(start, _)| *start)
    }

    /// All matches, one after the other. After an empty match the search goes on one character later.
    pub(crate) fn find_all(&self, text: &str) -> Vec<Found> {
        let mut found = Vec::new();
        let mut from = 0;
        while let Some((start, end)) = self.find(text, from) {
            found.push((start, end));
            from = end;
            if start == end {
                match text[end..].chars().next() {
                    Some(character) => from += character.len_utf8(),
                    None => break,
                }
            }
        }
        found
    }

    fn from_items(items: &[Item]) -> Result<Self, String> {
        let mut alternatives = Vec::new();
        let mut plain = Vec::new();
        for items in split_alternatives(items) {
            if items.iter().any(|item| matches!(item, Item::Look(_))) {
                push_plain(&mut plain, &mut alternatives)?;
                alternatives.push(Alternative::with_looks(items)?);
            } else {
                plain.push(spell(items));
            }
        }
        push_plain(&mut plain, &mut alternatives)?;
        Ok(Self { alternatives })
    }
}

impl Alternative {
    fn with_looks(items: &[Item]) -> Result<Self, String> {
        if let Some((framed, behind)) = frame(items) {
            let regex = compile(&framed)?;
            return Ok(Self {
                regex,
                behind: Some(behind),
                looser: None,
            });
        }
        let looser = Some(compile(&loosen(items))?);
        let regex = compile(&spell(items))?;
        Ok(Self {
            regex,
            behind: None,
            looser,
        })
    }

    fn find(&self, text: &str, from: usize) -> Option<Found> {
        if let Some(behind) = self.behind {
            return self.find_framed(text, go_back(text, from, behind));
        }
        if let Some(looser) = &self.looser {
            looser.find_from_pos(text, from).ok()??;
        }
        // An error means that the backtracking engine gave up, on text made to that end: then there is no match.
        let found = self.regex.find_from_pos(text, from).ok()??;
        Some((found.start(), found.end()))
    }

    fn find_framed(&self, text: &str, from: usize) -> Option<Found> {
        let found = self.regex.find_from_pos(text, from).ok()??;
        let captures = self.regex.captures_from_pos(text, found.start()).ok()??;
        let group = captures.get(1)?;
        Some((group.start(), group.end()))
    }
}

fn push_plain(plain: &mut Vec<String>, alternatives: &mut Vec<Alternative>) -> Result<(), String> {
    if !plain.is_empty() {
        let regex = compile(&plain.join("|"))?;
        alternatives.push(Alternative {
            regex,
            behind: None,
            looser: None,
        });
        plain.clear();
    }
    Ok(())
}

fn compile(pattern: &str) -> Result<Regex, String> {
    RegexBuilder::new(pattern)
        .build()
        .map_err(|error| format!("a regular expression that cannot be compiled ({error})"))
}

/// `behind` characters before byte `from`, or the start.
fn go_back(text: &str, from: usize, behind: usize) -> usize {
    if behind == 0 {
        return from;
    }
    text[..from]
        .char_indices()
        .rev()
        .nth(behind - 1)
        .map_or(0, |(place, _)| place)
}

fn spell(items: &[Item]) -> String {
    items.iter().map(Item::spelling).collect()
}

/// The alternatives of the outermost level.
fn split_alternatives(items: &[Item]) -> Vec<&[Item]> {
    let mut depth = 0_usize;
    items
        .split(|item| {
            match item {
                Item::Open(_) | Item::Look(_) => depth += 1,
                Item::Close => depth = depth.saturating_sub(1),
                _ => {}
            }
            depth == 0 && *item == Item::Or
        })
        .collect()
}

/// `(?<=X)Y(?=Z)` as `X(Y)Z`, with the length of X; none if the alternative has another form.
fn frame(items: &[Item]) -> Option<(String, usize)> {
    let (behind, rest) = leading_look(items)?;
    let (body, ahead) = trailing_look(rest)?;
    if body.iter().any(|item| matches!(item, Item::Look(_))) {
        return None;
    }
    let framed = format!("{}({}){ahead}", spell(behind), spell(body));
    Some((framed, behind.len()))
}

/// The characters that the alternative looks back at, if any, and the rest.
fn leading_look(items: &[Item]) -> Option<(&[Item], &[Item])> {
    if items.first() != Some(&Item::Look("(?<=")) {
        return Some((&[], items));
    }
    let close = items.iter().position(|item| *item == Item::Close)?;
    let behind = &items[1..close];
    let fixed = behind.iter().all(|item| matches!(item, Item::Character(_)));
    fixed.then_some((behind, &items[close + 1..]))
}

/// The body, and what must follow it as an expression that takes it.
fn trailing_look(items: &[Item]) -> Option<(&[Item], String)> {
    let Some(open) = items.iter().position(|item| matches!(item, Item::Look(_))) else {
        return Some((items, String::new()));
    };
    let [look, ahead @ .., Item::Close] = &items[open..] else {
        return None;
    };
    let [Item::Character(character)] = ahead else {
        return None;
    };
    match look {
        Item::Look("(?=") => Some((&items[..open], character.clone())),
        Item::Look("(?!") if character != "." => {
            Some((&items[..open], format!("(?:[^{character}]|\\z)")))
        }
        _ => None,
    }
}

/// The expression without its look-arounds and without upper limits that would make it large.
fn loosen(items: &[Item]) -> String {
    const LARGE: u32 = 8;
    let mut looser = String::new();
    let mut depth = 0_usize;
    let mut look_depth = None;
    for item in items {
        match item {
            Item::Open(_) | Item::Look(_) => depth += 1,
            Item::Close => depth = depth.saturating_sub(1),
            _ => {}
        }
        match (look_depth, item) {
            (None, Item::Look(_)) => look_depth = Some(depth - 1),
            (None, Item::Count(least, Some(most))) if *most > LARGE => {
                looser.push_str(&Item::Count(*least, None).spelling());
            }
            (None, _) => looser.push_str(&item.spelling()),
            (Some(outer), Item::Close) if depth == outer => look_depth = None,
            (Some(_), _) => {}
        }
    }
    looser
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(python: &str, text: &str, expected: &[&str]) {
        let pattern = Pattern::search(python).unwrap();
        let found: Vec<_> = pattern
            .find_all(text)
            .iter()
            .map(|(start, end)| &text[*start..*end])
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn looks_around() {
        check(r"(?<=[0-9])[+\-](?=[0-9-])", "1-2+-3-x", &["-", "+"]);
        check(r"(?<=[a-z])(?:-|--|~)(?=[a-z])", "a--b-c-1~d", &["--", "-"]);
        check(r"\+(?![0-9])", "+1++", &["+", "+"]);
        check(r"(?<=°[FC])\.$", "5°C.", &["."]);
        check(r"(?<=[A-Z][A-Z])\.$|(?<=[a-z])\.$", "EU.", &["."]);
        check(r"(?<=[^sS])'$", "'", &[]);
        check(r"(?<=[ax])b(?=b)", "abbxbb", &["b", "b"]);
    }

    #[test]
    fn the_first_alternative_wins_at_one_place() {
        check("…|……|,", "……,", &["…", "…", ","]);
        check(r"(?<=[0-9])(?:m|m²)$|x|(?<=2)m", "2m", &["m"]);
        check("a(?=b)|ab", "ab", &["a"]);
        check("ab|a(?=b)", "ab", &["ab"]);
    }

    #[test]
    fn other_look_arounds_go_to_the_backtracking_engine() {
        check(r"(?<![0-9])-(?=[a-z])", "a-b1-c-d", &["-", "-"]);
        check(r"(?:(?!10)[0-9]{2}|x)y", "10y11yxy", &["11y", "xy"]);
        assert_eq!(
            loosen(&parse(r"(?:(?!10|(?:2))[0-9]{2,63}|x)y(?=z)").unwrap()),
            "(?:[0-9]{2,}|x)y"
        );
    }

    #[test]
    fn a_match_is_at_the_start() {
        let pattern = Pattern::match_start("b|c").unwrap();
        assert!(pattern.is_match("ca") && !pattern.is_match("ab"));
    }
}
