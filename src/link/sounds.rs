//! Arabic names in Latin letters: "Yehia al-Masry" and "Yahya Masri" may be one person. A name that shows by its parts
//! that it is Arabic gets a key by sound, so that its spellings share one id in every document; other names have none.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::OnceLock,
};

use serde::Deserialize;

use crate::text::fold_name;

/// The key of an Arabic name: its parts by sound, joined by hyphens; `None` for a name that shows nothing Arabic.
pub(super) fn key(name: &str) -> Option<String> {
    let lists = ArabicNames::get();
    let folded = fold_name(name);
    let words: Vec<&str> = folded
        .split([' ', '-'])
        .filter(|word| !word.is_empty())
        .collect();
    let telling = words.iter().any(|word| {
        lists.canonical.contains_key(*word)
            || lists.particles.contains(*word)
            || servant(word).is_some()
    });
    if words.len() < 2 || !telling {
        return None;
    }
    let mut parts: Vec<String> = Vec::new();
    let mut joined = false;
    for (index, &word) in words.iter().enumerate() {
        let last = index + 1 == words.len();
        if lists.articles.contains(word) && !last {
            continue;
        }
        if lists.servant.contains(word) && !last {
            parts.push("abd".to_owned());
            joined = true;
            continue;
        }
        let part = part(word);
        match parts.last_mut() {
            Some(before) if joined => before.push_str(&part),
            _ => parts.push(part),
        }
        joined = false;
    }
    Some(parts.join("-"))
}

/// One part of an Arabic name by sound.
pub(super) fn part(word: &str) -> String {
    let lists = ArabicNames::get();
    if let Some(known) = lists.canonical.get(word) {
        return known.clone();
    }
    match servant(word) {
        Some(rest) => format!("abd{}", sound(rest)),
        None => sound(word),
    }
}

/// What follows "Abdul" in one word ("rahman" of "abdelrahman").
fn servant(word: &str) -> Option<&str> {
    let lists = ArabicNames::get();
    let longest = lists.servant.iter().filter(|one| one.len() > 3);
    longest
        .filter_map(|one| word.strip_prefix(&**one))
        .find(|rest| rest.len() > 2)
}

fn sound(word: &str) -> String {
    let mut text = word.replace(['\'', '\u{2018}', '\u{2019}'], "");
    for (spelt, sounds) in [
        ("kh", "h"),
        ("gh", "g"),
        ("dh", "d"),
        ("th", "t"),
        ("dj", "j"),
        ("q", "k"),
        ("ee", "i"),
        ("ou", "u"),
        ("oo", "u"),
        ("iy", "i"),
        ("ay", "ai"),
        ("ey", "ai"),
        ("ei", "ai"),
    ] {
        text = text.replace(spelt, sounds);
    }
    let mut plain = String::with_capacity(text.len());
    for letter in text.chars() {
        if !plain.ends_with(letter) {
            plain.push(letter);
        }
    }
    // "Haniyeh", "Haniyah", "Haniya"; "Masry", "Masri".
    for (ending, sounds) in [("ah", "a"), ("eh", "a"), ("y", "i")] {
        if let Some(rest) = plain.strip_suffix(ending).filter(|rest| rest.len() > 2) {
            return format!("{rest}{sounds}");
        }
    }
    plain
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ArabicNames {
    particles: BTreeSet<String>,
    articles: BTreeSet<String>,
    servant: BTreeSet<String>,
    parts: Vec<Vec<String>>,
    #[serde(skip)]
    canonical: BTreeMap<String, String>,
}

impl ArabicNames {
    fn get() -> &'static Self {
        static NAMES: OnceLock<ArabicNames> = OnceLock::new();
        NAMES.get_or_init(|| {
            let mut names: Self =
                toml::from_str(include_str!("../../ontology/words/arabic-names.toml"))
                    .expect("a test reads the compiled list");
            for spellings in &names.parts {
                for spelling in spellings {
                    names
                        .canonical
                        .insert(spelling.clone(), spellings[0].clone());
                }
            }
            names
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_same(one: &str, other: &str) {
        assert!(key(one).is_some(), "{one}");
        assert_eq!(key(one), key(other));
    }

    #[test]
    fn spellings_of_a_name_sound_alike() {
        check_same("Yehia al-Masry", "Yahya Masri");
        check_same("Khalid Qassim", "Khaled Kassem");
        check_same("Abdel Rahman Nouri", "Abdulrahman Nuri");
        check_same("Abd al-Rahman Nouri", "Abdul-Rahman el-Noori");
        check_same("Muhammad Khouli", "Mohammed al-Huli");
        check_same("Isma'il Haniyya", "Ismail Haniyeh");
        check_same("Ali Bakr", "Aly Baqr");
    }

    #[test]
    fn other_names_and_other_persons_stay_apart() {
        assert_eq!(key("Anna Holm"), None);
        assert_eq!(key("Lee Quinn"), None);
        assert_eq!(key("Holm"), None);
        assert_ne!(key("Ahmed Nouri"), key("Mohammed Nouri"));
        assert_ne!(key("Ali Hassan"), key("Ali Hussein"));
    }
}
