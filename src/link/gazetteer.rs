//! The gazetteer: actors and places that are known beforehand, from `seeds/actors/*.jsonl` (compiled in) or a folder of
//! one's own. One JSON object a line; loading checks every line.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::{Arc, OnceLock},
};

use super::{
    actor::Actor,
    patterns::Patterns,
    sounds,
    spellings::{Use, add_spellings, without_article},
};
use crate::{claim::Name, text::fold_name};

/// Why a gazetteer could not be loaded.
#[derive(Debug, thiserror::Error)]
pub enum GazetteerError {
    /// The folder or a file in it cannot be read.
    #[error("cannot read {path}: {source}; give a folder with files NAME.jsonl, one actor a line", path = .path.display())]
    Unreadable {
        /// What was to be read.
        path: PathBuf,
        /// Why not.
        source: std::io::Error,
    },
    /// The folder holds no actors.
    #[error("{path} holds no actors; put at least one file NAME.jsonl there, one actor a line", path = .0.display())]
    Empty(PathBuf),
    /// A line is no actor.
    #[error("{file}:{line}: {reason}; correct the line or take it out")]
    Line {
        /// File name.
        file: String,
        /// Line, from 1.
        line: usize,
        /// What is wrong with it.
        reason: String,
    },
}

/// Known actors and their names.
pub struct Gazetteer {
    actors: Vec<Actor>,
    by_id: BTreeMap<Name, usize>,
    stands_for: BTreeMap<Name, Name>,
    /// States by the Norwegian word for who lives there; `None` for a word that two share.
    peoples: BTreeMap<String, Option<Name>>,
    pub(super) patterns: Patterns,
    /// Persons by the sound of an Arabic name; `None` for a sound that two share. Made when first asked for.
    by_sound: OnceLock<BTreeMap<String, Option<Name>>>,
}

/// The files compiled into the program.
const EMBEDDED: [(&str, &str); 10] = [
    (
        "agreements.jsonl",
        include_str!("../../seeds/actors/agreements.jsonl"),
    ),
    (
        "bodies.jsonl",
        include_str!("../../seeds/actors/bodies.jsonl"),
    ),
    (
        "events.jsonl",
        include_str!("../../seeds/actors/events.jsonl"),
    ),
    (
        "groups.jsonl",
        include_str!("../../seeds/actors/groups.jsonl"),
    ),
    (
        "media.jsonl",
        include_str!("../../seeds/actors/media.jsonl"),
    ),
    (
        "organizations.jsonl",
        include_str!("../../seeds/actors/organizations.jsonl"),
    ),
    (
        "parties.jsonl",
        include_str!("../../seeds/actors/parties.jsonl"),
    ),
    (
        "persons.jsonl",
        include_str!("../../seeds/actors/persons.jsonl"),
    ),
    (
        "places.jsonl",
        include_str!("../../seeds/actors/places.jsonl"),
    ),
    (
        "states.jsonl",
        include_str!("../../seeds/actors/states.jsonl"),
    ),
];

impl Gazetteer {
    /// The gazetteer that is compiled into the program; built once.
    ///
    /// # Panics
    /// Never: the data is part of the program and a test loads it.
    #[must_use]
    pub fn embedded() -> &'static Self {
        static BUILT: OnceLock<Gazetteer> = OnceLock::new();
        BUILT.get_or_init(|| Self::from_files(&EMBEDDED).expect("a test loads the compiled data"))
    }

    /// Loads every `*.jsonl` of a folder, in the order of their names.
    ///
    /// # Errors
    /// If the folder or a file cannot be read, holds no actors, or a line is not an actor, repeats an id or refers to
    /// an id that no line has.
    pub fn load(dir: &Path) -> Result<Self, GazetteerError> {
        let unreadable = |path: &Path| {
            let path = path.to_path_buf();
            move |source| GazetteerError::Unreadable { path, source }
        };
        let mut paths = Vec::new();
        for entry in fs::read_dir(dir).map_err(unreadable(dir))? {
            let path = entry.map_err(unreadable(dir))?.path();
            if path
                .extension()
                .is_some_and(|extension| extension == "jsonl")
            {
                paths.push(path);
            }
        }
        paths.sort();
        let mut files = Vec::new();
        for path in &paths {
            let text = fs::read_to_string(path).map_err(unreadable(path))?;
            files.push((path.display().to_string(), text));
        }
        let files: Vec<(&str, &str)> = files
            .iter()
            .map(|(name, text)| (&**name, &**text))
            .collect();
        let loaded = Self::from_files(&files)?;
        if loaded.actors.is_empty() {
            return Err(GazetteerError::Empty(dir.to_path_buf()));
        }
        Ok(loaded)
    }

    /// All actors, in the order of files and lines.
    #[must_use]
    pub fn actors(&self) -> &[Actor] {
        &self.actors
    }

    /// The actor with this id.
    #[must_use]
    pub fn actor(&self, id: &str) -> Option<&Actor> {
        self.by_id.get(id).map(|&index| &self.actors[index])
    }

    /// The actor that a place's name may stand for.
    #[must_use]
    pub fn stands_for(&self, place: &str) -> Option<&Name> {
        self.stands_for.get(place)
    }

    /// The state whose people a Norwegian word names in its dictionary form, of either written standard.
    #[must_use]
    pub fn state_of(&self, people: &str) -> Option<&Name> {
        let found = self.peoples.get(people).or_else(|| {
            let stem = people.strip_suffix("ar")?;
            self.peoples.get(&format!("{stem}er"))
        });
        found?.as_ref()
    }

    /// Ids of the actors that bear exactly this name (folded, no leading article), in order.
    #[must_use]
    pub fn named(&self, name: &str) -> Vec<&Name> {
        let pattern = self.patterns.get(&fold_name(without_article(name)));
        let spellings = pattern.map_or(&[][..], |pattern| &pattern.spellings);
        let named = spellings.iter().filter(|one| one.usage == Use::Name);
        named.map(|one| &self.actors[one.actor].id).collect()
    }

    /// The person whose Arabic name sounds so, if there is just one.
    pub(super) fn sounding(&self, key: &str) -> Option<&Name> {
        let by_sound = self.by_sound.get_or_init(|| {
            let mut found: BTreeMap<String, Option<Name>> = BTreeMap::new();
            let persons = self.actors.iter().filter(|actor| &*actor.kind == "Person");
            for actor in persons {
                let names = actor
                    .labels
                    .values()
                    .chain(actor.aliases.values().flatten());
                let full = names.filter(|name| name.contains(' '));
                for key in full.filter_map(|name| sounds::key(name)) {
                    found
                        .entry(key)
                        .and_modify(|known| {
                            if known.as_ref() != Some(&actor.id) {
                                *known = None;
                            }
                        })
                        .or_insert_with(|| Some(Arc::clone(&actor.id)));
                }
            }
            found
        });
        by_sound.get(key)?.as_ref()
    }

    fn from_files(files: &[(&str, &str)]) -> Result<Self, GazetteerError> {
        let mut actors = Vec::new();
        let mut by_id = BTreeMap::new();
        let mut places = Vec::new();
        for &(file, text) in files {
            for (index, line) in text
                .lines()
                .enumerate()
                .filter(|(_, line)| !line.trim().is_empty())
            {
                let wrong = |reason: String| GazetteerError::Line {
                    file: file.to_owned(),
                    line: index + 1,
                    reason,
                };
                let actor: Actor =
                    serde_json::from_str(line).map_err(|error| wrong(error.to_string()))?;
                if actor.id.is_empty() || actor.labels.values().all(|label| label.trim().is_empty())
                {
                    return Err(wrong("an actor needs an id and a label".to_owned()));
                }
                if by_id.insert(Arc::clone(&actor.id), actors.len()).is_some() {
                    return Err(wrong(format!("the id '{}' stands twice", actor.id)));
                }
                places.push((file, index + 1));
                actors.push(actor);
            }
        }
        for (actor, (file, line)) in actors.iter().zip(&places) {
            if let Some(missing) = references(actor).find(|id| !by_id.contains_key(*id)) {
                return Err(GazetteerError::Line {
                    file: (*file).to_owned(),
                    line: *line,
                    reason: format!(
                        "'{}' refers to '{missing}', which no line has as its id",
                        actor.id
                    ),
                });
            }
        }
        for (index, actor) in actors.iter().enumerate() {
            if let Some(ring) = ring(&actors, &by_id, index) {
                let (file, line) = places[index];
                return Err(GazetteerError::Line {
                    file: file.to_owned(),
                    line,
                    reason: format!("'{}' lies within itself: {ring}", actor.id),
                });
            }
        }
        Ok(Self::build(actors, by_id))
    }

    fn build(actors: Vec<Actor>, by_id: BTreeMap<Name, usize>) -> Self {
        let mut stands_for = BTreeMap::new();
        for actor in &actors {
            // A place's own word goes before the state that names it as capital.
            if let Some(capital) = &actor.capital {
                stands_for
                    .entry(Arc::clone(capital))
                    .or_insert_with(|| Arc::clone(&actor.id));
            }
        }
        for actor in &actors {
            if let Some(meant) = &actor.stands_for {
                stands_for.insert(Arc::clone(&actor.id), Arc::clone(meant));
            }
        }
        let mut patterns = Patterns::default();
        for (index, actor) in actors.iter().enumerate() {
            add_spellings(index, actor, &mut patterns);
        }
        let mut peoples: BTreeMap<String, Option<Name>> = BTreeMap::new();
        for actor in actors.iter().filter(|actor| &*actor.kind == "State") {
            for people in &actor.demonyms.nb.inhabitant {
                peoples
                    .entry(people.to_lowercase())
                    .and_modify(|state| *state = None)
                    .or_insert_with(|| Some(Arc::clone(&actor.id)));
            }
        }
        Self {
            actors,
            by_id,
            stands_for,
            peoples,
            patterns,
            by_sound: OnceLock::new(),
        }
    }
}

/// The way from an actor over its country, or what it is part of, back to itself, if there is one.
fn ring(actors: &[Actor], by_id: &BTreeMap<Name, usize>, start: usize) -> Option<String> {
    let above = |index: usize| {
        let actor = &actors[index];
        let part = actor.affiliations.iter().find(|tie| tie.role == "part-of");
        let outer = part.map(|tie| &tie.org).or(actor.country.as_ref())?;
        by_id.get(outer).copied()
    };
    let (mut at, mut way) = (start, vec![&*actors[start].id]);
    while let Some(next) = above(at).filter(|_| way.len() <= actors.len()) {
        way.push(&actors[next].id);
        if next == start {
            return Some(way.join(" in "));
        }
        // A ring that does not go through this actor is told where it does.
        if way[..way.len() - 1].contains(&&*actors[next].id) {
            return None;
        }
        at = next;
    }
    None
}

fn references(actor: &Actor) -> impl Iterator<Item = &str> {
    let single = [&actor.capital, &actor.stands_for, &actor.country];
    let single = single.into_iter().flatten();
    single
        .chain(actor.affiliations.iter().map(|tie| &tie.org))
        .map(|id| &**id)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(text: &str) -> Result<Gazetteer, GazetteerError> {
        Gazetteer::from_files(&[("one.jsonl", text)])
    }

    #[track_caller]
    fn check_error(text: &str, expected: &str) {
        let error = load(text).err().expect("an error").to_string();
        assert!(error.starts_with(expected), "{error}");
    }

    #[test]
    fn the_compiled_data_loads_and_names_every_file() {
        let gazetteer = Gazetteer::embedded();
        assert!(gazetteer.actors().len() > 1000);
        assert_eq!(&*gazetteer.actor("hamas").unwrap().kind, "PoliticalParty");
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds/actors");
        assert_eq!(
            Gazetteer::load(&folder).unwrap().actors().len(),
            gazetteer.actors().len()
        );
    }

    #[test]
    fn lines_of_a_file_are_sorted_by_id() {
        for (file, text) in EMBEDDED {
            let ids: Vec<String> = text
                .lines()
                .map(|line| serde_json::from_str::<Actor>(line).unwrap().id.to_string())
                .collect();
            assert!(ids.is_sorted(), "{file}");
        }
    }

    #[test]
    fn wrong_lines_are_named() {
        check_error("\n{\"id\": \"a\"", "one.jsonl:2: ");
        check_error(
            "{\"id\":\"a\",\"type\":\"State\",\"labels\":{}}",
            "one.jsonl:1: an actor needs an id",
        );
        check_error(
            "{\"id\":\"a\",\"type\":\"State\",\"labels\":{\"en\":\"A\"},\"colour\":1}",
            "one.jsonl:1: unknown field `colour`",
        );
        let twice = "{\"id\":\"a\",\"type\":\"State\",\"labels\":{\"en\":\"Aa\"}}\n".repeat(2);
        check_error(&twice, "one.jsonl:2: the id 'a' stands twice");
        check_error(
            "{\"id\":\"a\",\"type\":\"City\",\"labels\":{\"en\":\"Aa\"},\"country\":\"b\"}",
            "one.jsonl:1: 'a' refers to 'b'",
        );
        let place = |id: &str, outer: &str| {
            format!(
                "{{\"id\":\"{id}\",\"type\":\"City\",\"labels\":{{\"en\":\"Aa\"}},\"country\":\"{outer}\"}}\n"
            )
        };
        let ring = [place("a", "b"), place("b", "c"), place("c", "b")].concat();
        check_error(&ring, "one.jsonl:2: 'b' lies within itself: b in c in b");
    }

    #[test]
    fn a_missing_folder_is_an_error() {
        let error = Gazetteer::load(Path::new("no/such/folder")).err().unwrap();
        assert!(error.to_string().starts_with("cannot read no/such/folder"));
    }

    #[test]
    fn capitals_stand_for_states_unless_the_data_says_otherwise() {
        let stands = |place: &str| {
            Gazetteer::embedded()
                .stands_for(place)
                .map(std::string::ToString::to_string)
        };
        assert_eq!(stands("ankara").as_deref(), Some("turkey"));
        assert_eq!(stands("brussels").as_deref(), Some("european-union"));
        assert_eq!(stands("istanbul"), None);
    }

    #[test]
    fn articles_are_no_part_of_names() {
        assert_eq!(without_article("The Quartet"), "Quartet");
        assert_eq!(
            without_article("Det palestinske nasjonalrådet"),
            "palestinske nasjonalrådet"
        );
        assert_eq!(without_article("Denmark"), "Denmark");
    }
}
