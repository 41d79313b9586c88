//! What all documents say, made of their gists a file of them after the other: as they are, gathered by key, or as the
//! default graph that follows from them.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use aho_corasick::AhoCorasick;
use oxigraph::model::Quad;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::{
    Facts, Gist, Said, Sketch, Store, StoreError,
    derive::{Tally, tallies},
    gists,
    sorted::{Merge, Record, Sorter},
};
use crate::claim::Name;

/// The documents that tell each event.
type Tellings = BTreeMap<String, BTreeSet<String>>;

/// Names up to which a line is looked through for them before it is read.
const FEW: usize = 2000;

/// Files of gists that are read side by side at most: of a million claims each takes some tens of megabytes meanwhile.
const AHEAD: usize = 4;

/// Subjects whose statements are handed out at once.
const PART: usize = 4096;

/// What statements of the default graph follow from.
#[derive(Serialize, Deserialize)]
pub(super) enum Derived {
    /// All that is said of an entity.
    Entity(Name, Tally),
    /// The documents that tell an event.
    Event(String, BTreeSet<String>),
}

impl Merge for Derived {
    fn merge(&mut self, other: Self) {
        match (self, other) {
            (Self::Entity(_, own), Self::Entity(_, others)) => own.merge(others),
            (Self::Event(_, own), Self::Event(_, others)) => own.extend(others),
            // Entities and events have different names.
            _ => {}
        }
    }
}

impl Store {
    /// The gists of all documents that count, as corrected, sorted by hash.
    ///
    /// # Errors
    /// If a document whose gist is missing has a damaged file.
    pub fn gists(&self) -> Result<Vec<Gist>, StoreError> {
        Ok(self
            .map_gists(|gists| gists)?
            .into_iter()
            .flatten()
            .collect())
    }

    /// What `make` makes of the gists of all documents that count, as corrected: some hundred at a time, side by side, in
    /// the order of their hashes. Only what is made is held.
    ///
    /// # Errors
    /// As [`Store::gists`].
    pub fn map_gists<R: Send>(
        &self,
        make: impl Fn(Vec<Gist>) -> R + Sync,
    ) -> Result<Vec<R>, StoreError> {
        self.map_shards(&|_| true, |gists| make(self.seen(gists)))
    }

    /// What `make` makes of all documents that count, as corrected: values by key, those of one key merged, sorted by it.
    /// However many there are, they take little memory.
    ///
    /// # Errors
    /// As [`Store::gists`]; those of `take`; and if there is no room for temporary files.
    pub fn by_key<K: Record + Ord, T: Record + Merge, E: From<StoreError>>(
        &self,
        make: impl Fn(Vec<Gist>) -> BTreeMap<K, T> + Sync,
        take: impl FnMut(K, T) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut sorter = Sorter::new();
        self.each_shard(
            &|_| true,
            |gists| make(self.seen(gists)),
            |made| {
                made.into_iter()
                    .try_for_each(|(key, value)| sorter.push(key, value))
            },
        )?;
        sorter.finish(take)
    }

    /// What all documents that count say of each entity, sorted by id.
    ///
    /// # Errors
    /// As [`Store::by_key`].
    pub fn said<E: From<StoreError>>(
        &self,
        take: impl FnMut(Name, Said) -> Result<(), E>,
    ) -> Result<(), E> {
        let said = |gists: Vec<Gist>| {
            let mut said: BTreeMap<Name, Said> = BTreeMap::new();
            for entity in gists.iter().flat_map(|gist| &gist.document.entities) {
                said.entry(entity.id.clone()).or_default().add(entity);
            }
            said
        };
        self.by_key(said, take)
    }

    /// Gists as they are to be seen.
    fn seen(&self, mut gists: Vec<Gist>) -> Vec<Gist> {
        for gist in &mut gists {
            if let Some(document) = self.layered(&gist.document) {
                gist.document = document;
            }
        }
        gists
    }

    /// What the documents say of some entities (of themselves, and in claims with one of them on either side) and of some
    /// events.
    ///
    /// # Errors
    /// As [`Store::gists`].
    pub fn facts_about(
        &self,
        entities: &BTreeSet<String>,
        events: &BTreeSet<String>,
    ) -> Result<Facts, StoreError> {
        let finder = self.finder(entities, events);
        let names_one = |line: &str| finder.as_ref().is_none_or(|finder| finder.is_match(line));
        let (mut facts, mut tellings) = (Facts::default(), Tellings::new());
        let said = |gists: Vec<Gist>| {
            let mut facts = Facts::default();
            let gists = self.seen(gists);
            for gist in &gists {
                facts.add_about(&gist.document, entities);
            }
            (facts, tellings_of(&gists, |event| events.contains(event)))
        };
        self.each_shard(&names_one, said, |(said, told)| {
            facts.merge(said);
            for (event, documents) in told {
                tellings.entry(event).or_default().extend(documents);
            }
            Ok::<_, StoreError>(())
        })?;
        self.add_tellings(tellings, &mut facts)?;
        Ok(facts)
    }

    /// The default graph: entities and plain edges, then how many sources tell an event. Some subjects at a time, sorted in
    /// the order in which files hold them, so that sorted parts one after the other are the sorted whole. Texts are only
    /// read where several tell one event.
    ///
    /// # Errors
    /// As [`Store::by_key`].
    pub fn default_graph_parts<E: From<StoreError>>(
        &self,
        mut take: impl FnMut(Vec<Quad>) -> Result<(), E>,
    ) -> Result<(), E> {
        let (mut part, mut subjects) = (Vec::new(), 0);
        self.each_derived(|one| {
            self.add_derived(one, &mut part)?;
            subjects += 1;
            if subjects % PART == 0 {
                take(std::mem::take(&mut part))?;
            }
            Ok::<_, E>(())
        })?;
        take(part)
    }

    /// What the default graph follows from, sorted by the names of its subjects.
    ///
    /// # Errors
    /// As [`Store::by_key`].
    pub(super) fn each_derived<E: From<StoreError>>(
        &self,
        mut take: impl FnMut(Derived) -> Result<(), E>,
    ) -> Result<(), E> {
        self.by_key(|gists| self.derived(gists), |_, one: Derived| take(one))
    }

    /// What the default graph follows from, by the names of its subjects as they are written.
    fn derived(&self, gists: Vec<Gist>) -> BTreeMap<String, Derived> {
        let mut facts = Facts::default();
        for gist in &gists {
            facts.add_said(&gist.document);
        }
        let events = tellings_of(&gists, |_| true).into_iter();
        drop(gists);
        let entities = tallies(facts.entities, &facts.edges, self.ontology()).into_iter();
        let entities = entities.map(|(id, tally)| {
            let name = self.base().entity(&id).to_string();
            (name, Derived::Entity(id, tally))
        });
        let events = events.map(|(id, documents)| {
            let name = self.base().event(&id).to_string();
            (name, Derived::Event(id, documents))
        });
        entities.chain(events).collect()
    }

    fn add_derived(&self, one: Derived, part: &mut Vec<Quad>) -> Result<(), StoreError> {
        match one {
            Derived::Entity(id, tally) => tally.quads(&id, self.base(), self.ontology(), part),
            Derived::Event(id, documents) if documents.len() > 1 => {
                let mut facts = Facts::default();
                self.add_tellings(Tellings::from([(id, documents)]), &mut facts)?;
                part.extend(facts.quads(self.base(), self.ontology()));
            }
            Derived::Event(..) => {}
        }
        Ok(())
    }

    /// The sketches of some documents' texts, by hash.
    ///
    /// # Errors
    /// If a document's file is needed and is damaged.
    pub fn sketches(
        &self,
        hashes: &BTreeSet<String>,
    ) -> Result<BTreeMap<String, Sketch>, StoreError> {
        let mut shards: BTreeMap<PathBuf, BTreeSet<&str>> = BTreeMap::new();
        for hash in hashes {
            shards.entry(gists::file(hash)).or_default().insert(hash);
        }
        let cards = self.cards_that(|hash, _| hashes.contains(hash))?;
        let bytes: BTreeMap<&str, &str> = cards
            .iter()
            .map(|(hash, card)| (hash.as_str(), card.bytes.as_str()))
            .collect();
        let of_shard = |(file, mut wanted): (PathBuf, BTreeSet<&str>)| {
            let mut found = Vec::new();
            for line in self.folder.text(&file)?.lines() {
                if let Some((hash, made_of)) = gists::head(line)
                    && bytes.get(hash) == Some(&made_of)
                    && wanted.contains(hash)
                    && let Some(sketch) = gists::sketch(line)
                {
                    wanted.remove(hash);
                    found.push((hash.to_owned(), sketch));
                }
            }
            for hash in wanted {
                found.push((hash.to_owned(), Sketch::of(&self.text(hash)?)));
            }
            Ok(found)
        };
        let found: Vec<Vec<(String, Sketch)>> = shards
            .into_par_iter()
            .map(of_shard)
            .collect::<Result<_, StoreError>>()?;
        Ok(found.into_iter().flatten().collect())
    }

    /// Most lines name none of the entities and events and need not be read; unless they are named otherwise than they are
    /// corrected, or there are too many to look for.
    fn finder(
        &self,
        entities: &BTreeSet<String>,
        events: &BTreeSet<String>,
    ) -> Option<AhoCorasick> {
        let names: Vec<String> = entities
            .iter()
            .chain(events)
            .map(|id| serde_json::Value::from(id.as_str()).to_string())
            .collect();
        if !self.corrections.is_empty() || names.len() > FEW {
            return None;
        }
        AhoCorasick::new(names).ok()
    }

    /// How many tell an event is only counted where several do, and only there their texts are needed.
    fn add_tellings(&self, tellings: Tellings, facts: &mut Facts) -> Result<(), StoreError> {
        let several = tellings
            .into_iter()
            .filter(|(_, documents)| documents.len() > 1);
        let several: Vec<(String, BTreeSet<String>)> = several.collect();
        let needed: BTreeSet<&String> = several
            .iter()
            .flat_map(|(_, documents)| documents)
            .collect();
        let sketches: BTreeMap<&String, Sketch> = needed
            .into_par_iter()
            .map(|hash| Ok((hash, Sketch::of(&self.text(hash)?))))
            .collect::<Result<_, StoreError>>()?;
        for (event, documents) in &several {
            for hash in documents {
                if let Some(sketch) = sketches.get(hash) {
                    facts.add_telling(event, hash, sketch.clone());
                }
            }
        }
        Ok(())
    }

    /// The gists of all documents that count, as their files have them, sorted by hash.
    pub(super) fn gists_as_read(&self) -> Result<Vec<Gist>, StoreError> {
        let shards = self.map_shards(&|_| true, |gists| gists)?;
        Ok(shards.into_iter().flatten().collect())
    }

    fn map_shards<R: Send>(
        &self,
        wants: &(dyn Fn(&str) -> bool + Sync),
        make: impl Fn(Vec<Gist>) -> R + Sync,
    ) -> Result<Vec<R>, StoreError> {
        let mut all = Vec::new();
        self.each_shard(wants, make, |made| {
            all.push(made);
            Ok::<_, StoreError>(())
        })?;
        Ok(all)
    }

    /// Hands out what `make` makes of each file of gists, in their order. A few are read side by side, then handed out.
    fn each_shard<R: Send, E: From<StoreError>>(
        &self,
        wants: &(dyn Fn(&str) -> bool + Sync),
        make: impl Fn(Vec<Gist>) -> R + Sync,
        take: impl FnMut(R) -> Result<(), E>,
    ) -> Result<(), E> {
        self.each_file(
            |shard, bytes| self.shard(shard, bytes, wants).map(&make),
            take,
        )
    }

    /// [`Store::each_shard`] with files of gists as they are, each with its documents' hashes and those of their files.
    pub(super) fn each_file<R: Send, E: From<StoreError>>(
        &self,
        make: impl Fn(&Path, &BTreeMap<&str, &str>) -> Result<R, StoreError> + Sync,
        mut take: impl FnMut(R) -> Result<(), E>,
    ) -> Result<(), E> {
        let files = self.files()?;
        let mut shards: BTreeMap<PathBuf, BTreeMap<&str, &str>> = BTreeMap::new();
        for (hash, bytes) in &files {
            let shard = shards.entry(gists::file(hash)).or_default();
            shard.insert(hash, bytes);
        }
        let shards: Vec<(PathBuf, BTreeMap<&str, &str>)> = shards.into_iter().collect();
        for some in shards.chunks(AHEAD.min(rayon::current_num_threads())) {
            let made: Vec<R> = some
                .par_iter()
                .map(|(shard, bytes)| make(shard, bytes))
                .collect::<Result<_, StoreError>>()?;
            made.into_iter().try_for_each(&mut take)?;
        }
        Ok(())
    }

    /// The gists in a file of them whose lines are wanted, of documents given by hash and the hash of their files.
    fn shard(
        &self,
        shard: &Path,
        bytes: &BTreeMap<&str, &str>,
        wants: &(dyn Fn(&str) -> bool + Sync),
    ) -> Result<Vec<Gist>, StoreError> {
        let mut found: BTreeMap<String, Gist> = BTreeMap::new();
        let mut missing: BTreeSet<&str> = bytes.keys().copied().collect();
        for text in self.folder.text(shard)?.lines() {
            // A line cut short, or of another version, is made again.
            let Some((hash, file)) = gists::head(text) else {
                continue;
            };
            if bytes.get(hash) != Some(&file) {
                continue;
            }
            if !wants(text) {
                missing.remove(hash);
            } else if let Some(gist) = gists::read(text) {
                missing.remove(hash);
                found.insert(hash.to_owned(), gist);
            }
        }
        for hash in missing {
            let document = self.document_as_read(hash)?;
            found.insert(hash.to_owned(), Gist::of(&document));
        }
        Ok(found.into_values().collect())
    }
}

/// The documents that tell each event that is wanted.
fn tellings_of(gists: &[Gist], wanted: impl Fn(&str) -> bool) -> Tellings {
    let mut tellings = Tellings::new();
    for gist in gists {
        let told = gist.document.claims.iter();
        let told = told.filter_map(|claim| claim.event_id.as_ref());
        for event in told.filter(|id| wanted(id)) {
            let documents = tellings.entry(event.clone()).or_default();
            documents.insert(gist.document.hash.clone());
        }
    }
    tellings
}
