//! Data files are compiled into the program; without this the compiler would not see that one was added or changed.
//! All that decides what is read from an article is given a name (`KILDE_KNOWLEDGE`), so that a build can tell whether a
//! document was read with the same knowledge as now.

use std::{env, fs, io, path::Path};

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
    Ok(())
}

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
