//! N-Quads into a graph on disk by oxigraph's bulk loader, as its own command `oxigraph load` calls it, for comparison.
//!
//!     load FOLDER FILE

use std::{error::Error, fs::File};

use oxigraph::{io::RdfFormat, store::Store};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, file] = &*arguments else {
        return Err("write: load FOLDER FILE".into());
    };
    let store = Store::open(folder)?;
    let mut loader = store.bulk_loader();
    loader.parallel_load_from_file(RdfFormat::NQuads, File::open(file).map(|_| file)?)?;
    loader.commit()?;
    Ok(store.flush()?)
}
