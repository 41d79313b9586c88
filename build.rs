//! Data files are compiled into the program; without this the compiler would not see that one was added or changed.
//! All that decides what is read from an article is given a name (`KILDE_KNOWLEDGE`), so that a build can tell whether a
//! document was read with the same knowledge as now.
//!
//! The page of `kilde export -f html` is made by `scripts/page.sh` before, outside the checkout, under the name of the hash
//! of its sources: a page of other sources than these is never taken. Where there is none, the program is built without.

use std::{
    env, fs, io,
    path::{Path, PathBuf},
};

/// Sources and data that decide what is read from an article.
const KNOWLEDGE: [&str; 15] = [
    "Cargo.lock",
    "crates/kilde-nlp/src",
    "ontology/frames",
    "ontology/kilde.ttl",
    "ontology/words",
    "seeds/actors",
    "src/claim",
    "src/extract",
    "src/grammar.rs",
    "src/link",
    "src/ontology",
    "src/pipeline",
    "src/read",
    "src/resolve",
    "src/syntax",
];

fn main() -> io::Result<()> {
    println!("cargo:rerun-if-changed=ontology");
    println!("cargo:rerun-if-changed=seeds/actors");
    println!("cargo:rerun-if-changed=seeds/places");
    let mut hash = Fnv(0xcbf2_9ce4_8422_2325);
    let root = env::var("CARGO_MANIFEST_DIR").unwrap_or_default();
    for name in KNOWLEDGE {
        println!("cargo:rerun-if-changed={name}");
        hash.add_path(&Path::new(&root).join(name), name)?;
    }
    println!("cargo:rustc-env=KILDE_KNOWLEDGE={:016x}", hash.0);
    page(Path::new(&root))
}

/// Puts the page where the program includes it, or an empty file in its stead. `scripts/page.sh` leaves a mark in `page/`
/// when it has made one, so that this is run again.
fn page(root: &Path) -> io::Result<()> {
    println!("cargo:rerun-if-changed=page");
    let mut hash = Fnv(0xcbf2_9ce4_8422_2325);
    hash.add_path(&root.join("page"), "page")?;
    let made = cache().map(|cache| cache.join(format!("page/{:016x}.html", hash.0)));
    let made = made.filter(|page| page.exists());
    let page = match &made {
        Some(page) => {
            println!("cargo:rerun-if-changed={}", page.display());
            fs::read(page)?
        }
        None => Vec::new(),
    };
    let out = env::var("OUT_DIR").unwrap_or_default();
    fs::write(Path::new(&out).join("page.html"), page)
}

/// The cache folder, as the Makefile knows it.
fn cache() -> Option<PathBuf> {
    let folder = |name: &str| {
        env::var_os(name)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    };
    folder("KILDE_CACHE")
        .or_else(|| folder("XDG_CACHE_HOME").map(|cache| cache.join("kilde")))
        .or_else(|| folder("HOME").map(|home| home.join(".cache/kilde")))
}

/// What `scripts/page.sh` leaves behind; no source.
const MARK: &str = ".made";

/// Fowler-Noll-Vo: small, and the same everywhere.
struct Fnv(u64);

impl Fnv {
    fn add(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn add_path(&mut self, path: &Path, name: &str) -> io::Result<()> {
        if path.is_dir() {
            let mut entries = fs::read_dir(path)?.collect::<Result<Vec<_>, _>>()?;
            entries.sort_by_key(fs::DirEntry::file_name);
            for entry in entries {
                if entry.file_name() == MARK {
                    continue;
                }
                let name = format!("{name}/{}", entry.file_name().to_string_lossy());
                self.add_path(&entry.path(), &name)?;
            }
        } else if path.exists() {
            self.add(name.as_bytes());
            self.add(&fs::read(path)?);
        }
        Ok(())
    }
}
