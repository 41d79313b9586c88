//! The cards of a store's documents, read as they are needed: of a folder of documents when one of it is asked for, of all
//! only when all are. Which folders changed since the store was last written to, the ledger tells.

use std::collections::{BTreeMap, BTreeSet};

use memchr::memmem;
use rayon::prelude::*;

use super::{
    Card, START, hash_of,
    ledger::{Ledger, Noted, digest},
    line, lines, read, read_line,
};
use crate::store::{
    StoreError,
    folder::{Folder, is_hash},
    gists::shard as folder_of,
};

/// So many folders are read one after the other, and so many ids looked for, before all are read: who adds or forgets an
/// article needs one or two.
const FEW: usize = 8;

/// The cards of all documents, by hash.
#[derive(Debug, Default)]
pub(in crate::store) struct Cards {
    /// The list of sources as it was when it was read; nothing once all are known.
    text: String,
    ledger: Ledger,
    /// What was read of the documents' folders.
    read: BTreeMap<String, Shard>,
    /// Whether that is all there is.
    whole: bool,
    /// How often something was looked for in the text.
    asked: usize,
    /// Ids with the hashes of documents, gathered once all are known and it was asked for some.
    ids: Option<BTreeMap<String, Hashes>>,
    /// Whether the list holds lines that say nothing any more.
    stale: bool,
    /// Documents whose gists are to be written anew or to go.
    touched: BTreeSet<String>,
    /// Documents of which there was no line that fits their files.
    unnoted: BTreeSet<String>,
}

/// Hashes of the documents with one id: one, nearly always.
type Hashes = Vec<String>;

/// A folder of documents.
#[derive(Debug, Default)]
struct Shard {
    /// When it was looked at, as the system tells it.
    time: String,
    cards: BTreeMap<String, Card>,
}

/// Adds the hash of a document to those with its id.
fn note(ids: &mut BTreeMap<String, Hashes>, id: &str, hash: &str) {
    match ids.get_mut(id) {
        Some(hashes) if hashes.iter().any(|one| one == hash) => {}
        Some(hashes) => hashes.push(hash.to_owned()),
        None => {
            ids.insert(id.to_owned(), vec![hash.to_owned()]);
        }
    }
}

impl Cards {
    /// Reads what changed since the store was last written to.
    pub(in crate::store) fn open(folder: &Folder) -> Result<Self, StoreError> {
        let text = folder.sources()?;
        let mut all = Self {
            ledger: Ledger::read(&folder.ledger()?, text.len()),
            text,
            ..Self::default()
        };
        all.look(folder)?;
        Ok(all)
    }

    /// Looks at the folders whose times are others than they were.
    pub(in crate::store) fn look(&mut self, folder: &Folder) -> Result<(), StoreError> {
        let now = folder.times()?;
        let mut known = self.ledger.clone();
        for (name, shard) in &self.read {
            known.folders.entry(name.clone()).or_default().time = shard.time.clone();
        }
        let changed = known.changed(&now);
        if changed.len() > FEW {
            self.read_all(folder)?;
        }
        for name in changed {
            let time = now.get(&name).cloned().unwrap_or_default();
            if time.is_empty() || self.read.get(&name).is_none_or(|shard| shard.time != time) {
                self.reconcile(&name, time, folder)?;
            }
        }
        Ok(())
    }

    /// Reads the cards of all documents.
    pub(in crate::store) fn read_all(&mut self, folder: &Folder) -> Result<(), StoreError> {
        if self.whole {
            return Ok(());
        }
        let noted = lines(&self.text);
        let count = noted.len();
        let mut known: BTreeMap<String, BTreeMap<String, Card>> = BTreeMap::new();
        // Of several lines of a document the last one counts.
        for (hash, card) in noted.into_iter().flatten() {
            let shard = known.entry(folder_of(&hash).to_owned()).or_default();
            shard.insert(hash, card);
        }
        self.stale |= known.values().map(BTreeMap::len).sum::<usize>() < count;
        let now = folder.times()?;
        let names: BTreeSet<String> = now.keys().chain(known.keys()).cloned().collect();
        let wanted = names
            .into_iter()
            .filter(|name| !self.read.contains_key(name))
            .map(|name| {
                let time = now.get(&name).cloned().unwrap_or_default();
                let known = known.remove(&name).unwrap_or_default();
                (name, time, known)
            });
        let wanted: Vec<_> = wanted.collect();
        let found: Vec<(String, Found)> = wanted
            .into_par_iter()
            .map(|(name, time, known)| {
                let found = Found::of(&name, time, known, folder)?;
                Ok((name, found))
            })
            .collect::<Result<_, StoreError>>()?;
        for (name, found) in found {
            self.take(name, found);
        }
        self.whole = true;
        self.text = String::new();
        Ok(())
    }

    /// What is known of a document.
    pub(in crate::store) fn get(
        &mut self,
        hash: &str,
        folder: &Folder,
    ) -> Result<Option<&Card>, StoreError> {
        if !is_hash(hash) {
            return Ok(None);
        }
        Ok(self.folder(folder_of(hash), folder)?.get(hash))
    }

    /// The cards of the documents whose hashes begin with these two digits.
    pub(in crate::store) fn folder(
        &mut self,
        name: &str,
        folder: &Folder,
    ) -> Result<&BTreeMap<String, Card>, StoreError> {
        if !self.whole && !self.read.contains_key(name) {
            self.has_asked(folder)?;
        }
        if !self.whole && !self.read.contains_key(name) {
            let time = folder.time(name).unwrap_or_default();
            self.reconcile(name, time, folder)?;
        }
        Ok(&self.read.entry(name.to_owned()).or_default().cards)
    }

    /// Hashes of the documents with this id.
    pub(in crate::store) fn of_id(
        &mut self,
        id: &str,
        folder: &Folder,
    ) -> Result<BTreeSet<String>, StoreError> {
        if !self.whole {
            self.has_asked(folder)?;
        }
        if !self.whole {
            let json = serde_json::Value::from(id);
            for hash in self.mentioned(&format!("\"id\":{json}")) {
                self.get(&hash, folder)?;
            }
            // Those of which nothing stands in the text are among what was read.
            let same = self.iter().filter(|(_, card)| card.id == id);
            return Ok(same.map(|(hash, _)| hash.clone()).collect());
        }
        if self.ids.is_none() {
            let mut ids = BTreeMap::new();
            for (hash, card) in self.iter() {
                note(&mut ids, &card.id, hash);
            }
            self.ids = Some(ids);
        }
        let ids = self.ids.as_ref().and_then(|ids| ids.get(id));
        Ok(ids.into_iter().flatten().cloned().collect())
    }

    /// Reads at least the cards of documents from files whose paths begin with `start`.
    pub(in crate::store) fn read_from(
        &mut self,
        start: &str,
        folder: &Folder,
    ) -> Result<(), StoreError> {
        let json = serde_json::Value::from(start).to_string();
        let json = json.strip_suffix('"').unwrap_or(&json);
        for hash in self.mentioned(&format!("\"origin\":{json}")) {
            self.get(&hash, folder)?;
        }
        Ok(())
    }

    /// All that was read, sorted by hash.
    pub(in crate::store) fn iter(&self) -> impl Iterator<Item = (&String, &Card)> {
        self.read.values().flat_map(|shard| &shard.cards)
    }

    pub(in crate::store) fn insert(
        &mut self,
        hash: String,
        card: Card,
        folder: &Folder,
    ) -> Result<(), StoreError> {
        let name = folder_of(&hash).to_owned();
        let known = self.folder(&name, folder)?.contains_key(&hash);
        if known {
            self.stale = true;
            self.touched.insert(hash.clone());
        }
        self.unnoted.remove(&hash);
        if let Some(ids) = &mut self.ids {
            note(ids, &card.id, &hash);
        }
        self.read.entry(name).or_default().cards.insert(hash, card);
        Ok(())
    }

    pub(in crate::store) fn remove(
        &mut self,
        hash: &str,
        folder: &Folder,
    ) -> Result<(), StoreError> {
        self.folder(folder_of(hash), folder)?;
        let shard = self.read.get_mut(folder_of(hash));
        let Some(card) = shard.and_then(|shard| shard.cards.remove(hash)) else {
            return Ok(());
        };
        self.stale = true;
        self.touched.insert(hash.to_owned());
        self.unnoted.remove(hash);
        if let Some(hashes) = self.ids.as_mut().and_then(|ids| ids.get_mut(&card.id)) {
            hashes.retain(|one| one != hash);
        }
        Ok(())
    }

    /// Whether no line of the list is about the document's file as it is.
    pub(in crate::store) fn is_unnoted(&self, hash: &str) -> bool {
        self.unnoted.contains(hash)
    }

    /// Documents of which no line of the list is about their files as they are; they then count as noted.
    pub(in crate::store) fn take_unnoted(&mut self) -> BTreeSet<String> {
        std::mem::take(&mut self.unnoted)
    }

    /// Documents whose old gists are to go; they then count as gone.
    pub(in crate::store) fn take_touched(&mut self) -> BTreeSet<String> {
        std::mem::take(&mut self.touched)
    }

    /// The whole list, if it holds lines that say nothing any more or lacks some; they then count as gone.
    pub(in crate::store) fn rewritten(&mut self) -> Option<String> {
        if !std::mem::take(&mut self.stale) {
            return None;
        }
        // What was not read stays as it is.
        let kept = |line: &&str| {
            hash_of(line).is_some_and(|hash| !self.read.contains_key(folder_of(hash)))
        };
        let mut text = String::with_capacity(self.text.len());
        for line in self.text.lines().filter(kept) {
            text.extend([line, "\n"]);
        }
        let read: Vec<(&String, &Card)> = self.iter().collect();
        text.par_extend(read.into_par_iter().map(|(hash, card)| line(hash, card)));
        if !self.whole {
            self.text.clone_from(&text);
        }
        Some(text)
    }

    /// The digests of all folders of documents, by name. Those without documents are left out.
    pub(in crate::store) fn digests(&self) -> BTreeMap<String, String> {
        let noted = self.ledger.folders.iter();
        let mut all: BTreeMap<String, String> = noted
            .filter(|(name, _)| !self.whole && !self.read.contains_key(*name))
            .map(|(name, noted)| (name.clone(), noted.digest.clone()))
            .collect();
        for (name, shard) in self.read.iter().filter(|(_, one)| !one.cards.is_empty()) {
            all.insert(name.clone(), shard.digest());
        }
        all
    }

    /// What is to be written of the folders as they are now, if it is new. Times that the system does not tell finely enough are
    /// not noted.
    pub(in crate::store) fn ledger(
        &mut self,
        folder: &Folder,
    ) -> Result<Option<String>, StoreError> {
        let mut folders = BTreeMap::new();
        let now = folder.times()?;
        for (name, digest) in self.digests() {
            let read = self.read.get(&name).map(|shard| shard.time.clone());
            let noted = self.ledger.folders.get(&name);
            let time = read.or_else(|| noted.map(|noted| noted.time.clone()));
            // Whoever changed it meanwhile is found by the next who opens the store.
            if let Some(time) = time.filter(|time| !time.is_empty() && now.get(&name) == Some(time))
            {
                folders.insert(name, Noted { time, digest });
            }
        }
        let ledger = Ledger {
            sources: folder.sources_length(),
            folders,
        };
        if ledger == self.ledger {
            return Ok(None);
        }
        let text = ledger.written();
        self.ledger = ledger;
        Ok(Some(text))
    }

    /// Notes the times of folders that this program has just changed, if they hold what it knows of and nothing else.
    pub(in crate::store) fn settle(
        &mut self,
        names: &BTreeSet<String>,
        folder: &Folder,
    ) -> Result<(), StoreError> {
        for name in names {
            let time = folder.time(name).unwrap_or_default();
            let there = folder.stamps_in(name)?;
            let Some(shard) = self.read.get_mut(name) else {
                continue;
            };
            let same = there.len() == shard.cards.len()
                && there.iter().all(|(hash, stamp)| {
                    shard.cards.get(hash).is_some_and(|card| card.fits(stamp))
                });
            shard.time = if same { time } else { String::new() };
        }
        Ok(())
    }

    /// Counts that something is looked for in the text; after some times all is read.
    fn has_asked(&mut self, folder: &Folder) -> Result<(), StoreError> {
        self.asked += 1;
        if self.asked > FEW {
            self.read_all(folder)?;
        }
        Ok(())
    }

    /// The hashes in lines of the text in which something stands.
    fn mentioned(&self, needle: &str) -> BTreeSet<String> {
        let text = self.text.as_bytes();
        let found = memmem::find_iter(text, needle.as_bytes());
        found
            .filter_map(|at| {
                let start = memchr::memrchr(b'\n', &text[..at]).map_or(0, |end| end + 1);
                hash_of(self.text.get(start..at)?).map(str::to_owned)
            })
            .collect()
    }

    /// Looks at a folder: what is known of its documents, and which came, changed or went.
    fn reconcile(&mut self, name: &str, time: String, folder: &Folder) -> Result<(), StoreError> {
        let known = match self.read.remove(name) {
            Some(shard) => shard.cards,
            None => self.noted(name),
        };
        let found = Found::of(name, time, known, folder)?;
        self.take(name.to_owned(), found);
        Ok(())
    }

    /// The cards in the text of the documents in a folder.
    fn noted(&self, name: &str) -> BTreeMap<String, Card> {
        let needle = format!("{START}{name}");
        let text = self.text.as_bytes();
        let found = memmem::find_iter(text, needle.as_bytes());
        found
            .filter_map(|at| {
                let end = memchr::memchr(b'\n', &text[at..]).map_or(text.len(), |end| at + end);
                read_line(self.text.get(at..end)?)
            })
            .collect()
    }

    fn take(&mut self, name: String, found: Found) {
        self.stale |= !found.gone.is_empty() || !found.unnoted.is_empty();
        for hash in &found.gone {
            self.touched.insert(hash.clone());
            self.unnoted.remove(hash);
        }
        self.unnoted.extend(found.unnoted);
        // They are gathered again.
        self.ids = None;
        self.read.insert(name, found.shard);
    }
}

impl Shard {
    fn digest(&self) -> String {
        let cards = self.cards.iter();
        digest(cards.map(|(hash, card)| (hash.as_str(), card.bytes.as_str())))
    }
}

/// A folder as it is, beside what was known of it.
struct Found {
    shard: Shard,
    /// Documents that were known and are gone.
    gone: Vec<String>,
    /// Documents that nothing was known of, or something else.
    unnoted: Vec<String>,
}

impl Found {
    fn of(
        name: &str,
        time: String,
        mut known: BTreeMap<String, Card>,
        folder: &Folder,
    ) -> Result<Self, StoreError> {
        let mut shard = Shard {
            time,
            ..Shard::default()
        };
        let mut unnoted = Vec::new();
        let there = folder.stamps_in(name)?;
        let mut unknown = Vec::new();
        for (hash, stamp) in there {
            match known.remove(&hash) {
                Some(card) if card.fits(&stamp) => {
                    shard.cards.insert(hash, card);
                }
                _ => unknown.push((hash, stamp)),
            }
        }
        let cards: Vec<(String, Card)> = unknown
            .into_par_iter()
            .map(|(hash, stamp)| {
                let (bytes, file) = (folder.read(&hash)?, folder.file(&hash));
                let card = read(&bytes, &hash, &folder.base, &file)?;
                Ok((hash, Card { stamp, ..card }))
            })
            .collect::<Result<_, StoreError>>()?;
        for (hash, card) in cards {
            unnoted.push(hash.clone());
            shard.cards.insert(hash, card);
        }
        Ok(Self {
            shard,
            gone: known.into_keys().collect(),
            unnoted,
        })
    }
}
