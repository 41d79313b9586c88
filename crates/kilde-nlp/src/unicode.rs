//! Python's predicates over characters (`isalpha`, `isdigit`, `isupper`, `isspace`, `lower`), from tables made by
//! `data/make_tables.py`. Rust's own answers differ: other definitions (`isdigit` takes superscripts, `isspace` takes U+001C to
//! U+001F), and a later Unicode version (Python 3.11 knows Unicode 14).

use std::sync::LazyLock;

static TABLES: LazyLock<Tables> =
    LazyLock::new(|| Tables::parse(include_str!("../data/unicode.txt")));

/// A class of characters of Python's, in the order of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    Alpha,
    Alnum,
    Decimal,
    Digit,
    Space,
    Upper,
}

/// `str.isalpha` of one character.
pub(crate) fn is_alpha(character: char) -> bool {
    if character.is_ascii() {
        return character.is_ascii_alphabetic();
    }
    contains(Class::Alpha, character)
}

/// `str.isdigit` of one character: also superscripts and circled digits.
pub(crate) fn is_digit(character: char) -> bool {
    if character.is_ascii() {
        return character.is_ascii_digit();
    }
    contains(Class::Digit, character)
}

/// `str.isupper` of one character.
pub(crate) fn is_upper(character: char) -> bool {
    if character.is_ascii() {
        return character.is_ascii_uppercase();
    }
    contains(Class::Upper, character)
}

/// `str.isspace` of one character: also the separators U+001C to U+001F.
pub(crate) fn is_space(character: char) -> bool {
    match character {
        '\t'..='\r' | '\x1c'..=' ' => true,
        _ if character.is_ascii() => false,
        _ => contains(Class::Space, character),
    }
}

/// `str.lower`.
pub(crate) fn lower(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    if text.contains('Σ') {
        return lower_with_sigma(text);
    }
    let mut lowered = String::with_capacity(text.len());
    for character in text.chars() {
        push_lower(character, &mut lowered);
    }
    lowered
}

/// The class as items of a bracketed class of a regular expression, without the brackets.
pub(crate) fn class_items(class: Class) -> String {
    let ranges = &TABLES.classes[class as usize];
    let item = |&(first, last): &(u32, u32)| format!("\\x{{{first:X}}}-\\x{{{last:X}}}");
    ranges.iter().map(item).collect()
}

fn contains(class: Class, character: char) -> bool {
    find(
        &TABLES.classes[class as usize],
        u32::from(character),
        |range| *range,
    )
    .is_some()
}

// A sigma at the end of a word has a form of its own. The standard library knows the rule, which is Python's too.
fn lower_with_sigma(text: &str) -> String {
    let standard = text.to_lowercase();
    let mut standard = standard.chars();
    let mut lowered = String::with_capacity(text.len());
    for character in text.chars() {
        let length = character.to_lowercase().count();
        match standard.by_ref().take(length).last() {
            Some(sigma) if character == 'Σ' => lowered.push(sigma),
            _ => push_lower(character, &mut lowered),
        }
    }
    lowered
}

fn push_lower(character: char, lowered: &mut String) {
    match character {
        'İ' => lowered.push_str("i\u{307}"),
        _ => lowered.push(lower_character(character)),
    }
}

fn lower_character(character: char) -> char {
    if character.is_ascii() {
        return character.to_ascii_lowercase();
    }
    let code = u32::from(character);
    let Some(shift) = find(&TABLES.lower, code, |shift| (shift.first, shift.last)) else {
        return character;
    };
    if !(code - shift.first).is_multiple_of(shift.step) {
        return character;
    }
    code.checked_add_signed(shift.by)
        .and_then(char::from_u32)
        .unwrap_or(character)
}

/// The entry of a sorted table whose range holds `code`.
fn find<T>(table: &[T], code: u32, range: impl Fn(&T) -> (u32, u32)) -> Option<&T> {
    let place = table.partition_point(|entry| range(entry).1 < code);
    table.get(place).filter(|entry| range(entry).0 <= code)
}

/// Every `step`-th character of a range moves by the same distance when lowered.
struct Shift {
    first: u32,
    last: u32,
    step: u32,
    by: i32,
}

struct Tables {
    classes: Vec<Vec<(u32, u32)>>,
    lower: Vec<Shift>,
}

impl Tables {
    // The file is part of the program and a test reads all of it; an item that cannot be read is left out.
    fn parse(text: &str) -> Self {
        let mut classes = Vec::new();
        let mut lower = Vec::new();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let mut items = line.split(' ');
            if items.next() == Some("lower") {
                lower = items.filter_map(parse_shift).collect();
            } else {
                classes.push(items.filter_map(parse_range).collect());
            }
        }
        Self { classes, lower }
    }
}

fn parse_range(item: &str) -> Option<(u32, u32)> {
    let (first, last) = item.split_once('-')?;
    let code = |text| u32::from_str_radix(text, 16).ok();
    Some((code(first)?, code(last)?))
}

fn parse_shift(item: &str) -> Option<Shift> {
    let (range, rest) = item.split_once('/')?;
    let (first, last) = parse_range(range)?;
    let (step, by) = rest.split_once(':')?;
    let step = step.parse().ok().filter(|step| *step > 0)?;
    let by = by.parse().ok()?;
    Some(Shift {
        first,
        last,
        step,
        by,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_whole() {
        let names = [
            "alpha", "alnum", "decimal", "digit", "space", "upper", "lower",
        ];
        let lines = include_str!("../data/unicode.txt").lines().skip(1);
        let found: Vec<_> = lines
            .clone()
            .map(|line| line.split(' ').next().unwrap())
            .collect();
        assert_eq!(found, names);
        let items: Vec<_> = lines.map(|line| line.split(' ').count() - 1).collect();
        let sizes: Vec<_> = TABLES.classes.iter().map(Vec::len).collect();
        assert_eq!(sizes, items[..6]);
        assert_eq!(TABLES.lower.len(), items[6]);
        for ranges in &TABLES.classes {
            assert!(ranges.is_sorted_by(|a, b| a.1 < b.0));
        }
    }

    #[test]
    fn answers_as_python_does() {
        assert!(
            is_alpha('æ')
                && is_alpha('ع')
                && is_alpha('ª')
                && !is_alpha('Ⓐ')
                && !is_alpha('\u{301}')
        );
        assert!(
            is_digit('²') && is_digit('٣') && is_digit('①') && !is_digit('½') && !is_digit('Ⅷ')
        );
        assert!(is_upper('Ø') && is_upper('Ⓐ') && !is_upper('ß') && !is_upper('ǅ'));
        assert!(
            is_space('\u{1c}') && is_space('\u{a0}') && is_space('\u{2028}') && is_space('\u{85}')
        );
        assert!(!is_space('\u{200b}') && !is_space('\u{feff}') && !is_space('\u{180e}'));
        // Garay came with Unicode 16.
        assert!(!is_alpha('\u{10d50}') && !is_upper('\u{10d50}'));
    }

    #[test]
    fn lowers_as_python_does() {
        for (text, expected) in [
            ("ÆRLIG Talt", "ærlig talt"),
            ("İstanbul", "i\u{307}stanbul"),
            ("ΟΔΟΣ ΣΑΣ", "οδος σας"),
            ("ẞ ǅ Ⓐ Ā", "ß ǆ ⓐ ā"),
            ("\u{10d50}İΟΣ", "\u{10d50}i\u{307}ος"),
        ] {
            assert_eq!(lower(text), expected);
        }
    }

    #[test]
    fn differs_from_rust_only_where_python_is_older() {
        let mut differing = 0;
        for character in (0..=u32::from(char::MAX)).filter_map(char::from_u32) {
            let ours = lower(&character.to_string());
            if ours != character.to_lowercase().to_string() {
                assert_eq!(ours, character.to_string(), "{character:?}");
                differing += 1;
            }
        }
        assert!(differing < 60, "{differing}");
    }
}
