//! Python's regular expressions in the syntax of `fancy-regex`. The two read brackets, braces, `\w`, `\d`, `\s` and `\uXXXX`
//! differently; everything is spelt out here, with Python's own character classes.
//! One difference stays: `$` is the end only, where Python also takes the place before a last line break. The chunks that are
//! matched are white space altogether or hold none, and no affix of spaCy's is white space.

use std::iter::Peekable;
use std::str::Chars;

use crate::unicode::{Class, class_items};

/// One item of a pattern, spelt for `fancy-regex`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Item {
    /// What takes exactly one character: a literal, a class, the dot.
    Character(String),
    /// An anchor, a flag, or `*`, `+`, `?`.
    Mark(String),
    /// `{first,last}`.
    Count(u32, Option<u32>),
    /// An opening bracket with what follows it: `(`, `(?:`, `(?P<name>`.
    Open(String),
    /// `(?=`, `(?!`, `(?<=` or `(?<!`.
    Look(&'static str),
    /// `)`.
    Close,
    /// `|`.
    Or,
}

impl Item {
    /// How `fancy-regex` spells it.
    pub(super) fn spelling(&self) -> String {
        match self {
            Self::Character(text) | Self::Mark(text) | Self::Open(text) => text.clone(),
            Self::Count(least, Some(most)) => format!("{{{least},{most}}}"),
            Self::Count(least, None) => format!("{{{least},}}"),
            Self::Look(opening) => (*opening).to_owned(),
            Self::Close => ")".to_owned(),
            Self::Or => "|".to_owned(),
        }
    }
}

/// Reads a Python pattern; the error names the construct that is not supported.
pub(super) fn parse(pattern: &str) -> Result<Vec<Item>, String> {
    let mut reader = Reader {
        rest: pattern.chars().peekable(),
    };
    let mut items = Vec::new();
    while let Some(character) = reader.rest.next() {
        items.push(reader.item(character)?);
    }
    Ok(items)
}

struct Reader<'a> {
    rest: Peekable<Chars<'a>>,
}

impl Reader<'_> {
    fn item(&mut self, character: char) -> Result<Item, String> {
        Ok(match character {
            '\\' => self.escape()?,
            '[' => Item::Character(self.class()?),
            '(' => self.opening()?,
            ')' => Item::Close,
            '|' => Item::Or,
            '{' => self.count(),
            '.' => Item::Character(".".to_owned()),
            '^' | '$' | '*' | '+' | '?' => Item::Mark(character.to_string()),
            _ => Item::Character(literal(character)),
        })
    }

    fn opening(&mut self) -> Result<Item, String> {
        const LOOKS: [&str; 4] = ["(?=", "(?!", "(?<=", "(?<!"];
        if !self.skip("?") {
            return Ok(Item::Open("(".to_owned()));
        }
        if self.skip(":") {
            return Ok(Item::Open("(?:".to_owned()));
        }
        for look in LOOKS {
            if self.skip(&look[2..]) {
                return Ok(Item::Look(look));
            }
        }
        self.flags()
    }

    // Python's patterns of text are Unicode patterns: the flag u says nothing new.
    fn flags(&mut self) -> Result<Item, String> {
        let mut flags = String::new();
        for character in self.rest.by_ref() {
            match character {
                ')' if flags.is_empty() => return Ok(Item::Mark(String::new())),
                ')' => return Ok(Item::Mark(format!("(?{flags})"))),
                'u' => {}
                'i' | 's' => flags.push(character),
                _ => {
                    return Err(format!(
                        "the construct \"(?{flags}{character}\" in a regular expression"
                    ));
                }
            }
        }
        Err("a bracket that is not closed in a regular expression".to_owned())
    }

    fn count(&mut self) -> Item {
        let ahead: String = self.rest.clone().take_while(|c| *c != '}').collect();
        let closed = self.rest.clone().nth(ahead.chars().count()) == Some('}');
        match parse_count(&ahead).filter(|_| closed) {
            Some((least, most)) => {
                self.skip(&ahead);
                self.skip("}");
                Item::Count(least, most)
            }
            None => Item::Character(literal('{')),
        }
    }

    /// A class, after its opening bracket.
    fn class(&mut self) -> Result<String, String> {
        let mut text = String::from(if self.skip("^") { "[^" } else { "[" });
        let mut first = true;
        loop {
            let character = self.next_in_class()?;
            if character == ']' && !first {
                break;
            }
            first = false;
            text.push_str(&self.class_item(character)?);
        }
        text.push(']');
        Ok(text)
    }

    fn class_item(&mut self, character: char) -> Result<String, String> {
        let start = match self.class_character(character)? {
            Ok(start) => start,
            Err(class) => return Ok(class),
        };
        let mut ahead = self.rest.clone();
        if ahead.next() != Some('-') || ahead.next() == Some(']') {
            return Ok(literal(start));
        }
        self.rest.next();
        let next = self.next_in_class()?;
        match self.class_character(next)? {
            Ok(end) => Ok(format!("{}-{}", literal(start), literal(end))),
            Err(_) => Err("a range that ends in a class in a regular expression".to_owned()),
        }
    }

    /// The character that stands here in a class, or else the class that does.
    fn class_character(&mut self, character: char) -> Result<Result<char, String>, String> {
        if character != '\\' {
            return Ok(Ok(character));
        }
        let escaped = self.next_in_class()?;
        match predefined(escaped) {
            Some(class) => Ok(Err(class)),
            None => self.escaped_character(escaped).map(Ok),
        }
    }

    fn next_in_class(&mut self) -> Result<char, String> {
        let unclosed = || "a class that is not closed in a regular expression".to_owned();
        self.rest.next().ok_or_else(unclosed)
    }

    /// What follows a backslash outside classes.
    fn escape(&mut self) -> Result<Item, String> {
        let Some(escaped) = self.rest.next() else {
            return Err("a lone backslash in a regular expression".to_owned());
        };
        match escaped {
            'b' | 'B' | 'A' => Ok(Item::Mark(format!("\\{escaped}"))),
            'Z' => Ok(Item::Mark("\\z".to_owned())),
            _ => match predefined(escaped) {
                Some(class) => Ok(Item::Character(class)),
                None => Ok(Item::Character(literal(self.escaped_character(escaped)?))),
            },
        }
    }

    fn escaped_character(&mut self, escaped: char) -> Result<char, String> {
        match escaped {
            'n' => Ok('\n'),
            't' => Ok('\t'),
            'r' => Ok('\r'),
            'f' => Ok('\x0c'),
            'v' => Ok('\x0b'),
            'x' => self.code(2),
            'u' => self.code(4),
            'U' => self.code(8),
            _ if escaped.is_ascii_alphanumeric() => Err(format!(
                "the escape \"\\{escaped}\" in a regular expression"
            )),
            _ => Ok(escaped),
        }
    }

    fn code(&mut self, digits: usize) -> Result<char, String> {
        let text: String = self.rest.by_ref().take(digits).collect();
        let code = u32::from_str_radix(&text, 16).ok().and_then(char::from_u32);
        code.ok_or_else(|| format!("the character code \"{text}\" in a regular expression"))
    }

    /// Goes past `text` if it stands here.
    fn skip(&mut self, text: &str) -> bool {
        let mut ahead = self.rest.clone();
        let found = text
            .chars()
            .all(|character| ahead.next() == Some(character));
        if found {
            self.rest = ahead;
        }
        found
    }
}

fn parse_count(text: &str) -> Option<(u32, Option<u32>)> {
    let Some((least, most)) = text.split_once(',') else {
        let count = text.parse().ok()?;
        return Some((count, Some(count)));
    };
    let least = if least.is_empty() {
        0
    } else {
        least.parse().ok()?
    };
    let most = if most.is_empty() {
        None
    } else {
        Some(most.parse().ok()?)
    };
    Some((least, most))
}

fn predefined(escaped: char) -> Option<String> {
    let (class, more, negated) = match escaped {
        'd' => (Class::Decimal, "", ""),
        'D' => (Class::Decimal, "", "^"),
        'w' => (Class::Alnum, "_", ""),
        'W' => (Class::Alnum, "_", "^"),
        's' => (Class::Space, "", ""),
        'S' => (Class::Space, "", "^"),
        _ => return None,
    };
    Some(format!("[{negated}{}{more}]", class_items(class)))
}

fn literal(character: char) -> String {
    if character.is_ascii() && !character.is_ascii_alphanumeric() {
        return format!("\\x{{{:X}}}", u32::from(character));
    }
    character.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(python: &str, expected: &str) {
        let items = parse(python).unwrap();
        let spelt: String = items.iter().map(Item::spelling).collect();
        assert_eq!(spelt, expected);
    }

    #[test]
    fn spells_out_what_differs() {
        check(r"\u00e6\U0001F600\x41", "æ😀A");
        check(
            r"[a-z\-\[&&~^-]",
            r"[a-z\x{2D}\x{5B}\x{26}\x{26}\x{7E}\x{5E}\x{2D}]",
        );
        check(r"[^]\u0600-\u06ff]", r"[^\x{5D}؀-ۿ]");
        check(r"a{2,63}b{3}c{,4}d{5,}", "a{2,63}b{3,3}c{0,4}d{5,}");
        check("{x}", r"\x{7B}x\x{7D}");
        check("(?u)^(?:a|(b))(?<=c)(?!d)$", "^(?:a|(b))(?<=c)(?!d)$");
        check(r"\.\.+", r"\x{2E}\x{2E}+");
    }

    #[test]
    fn names_what_it_does_not_know() {
        for pattern in [
            "(?P<n>a)", r"(a)\1", "(?#x)", "(?(1)a)", r"\q", "[a", r"\", "(?i",
        ] {
            assert!(parse(pattern).is_err(), "{pattern}");
        }
    }
}
