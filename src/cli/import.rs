//! `kilde import`: exports of Kilde, and claims made elsewhere, into a store.

use std::{
    collections::BTreeMap,
    fs::File,
    io::{self, BufRead, BufReader, Write},
    path::Path,
};

use anyhow::{Context, Result, bail};
use serde_json::json;

use super::{Done, args::Import, terminal::Talk};
use crate::{
    document::Article,
    import::{Imported, Lines, import_lines, import_quads},
    ontology::OntologyFiles,
    rdf,
    read::{self, Input, ReadOptions},
    store::{Base, Store},
    text::printable,
};

/// Refusals that are told one by one.
const SHOWN: usize = 20;

pub(super) fn run(args: &Import, talk: Talk) -> Result<Done> {
    for input in &args.inputs {
        format(args, input)?;
    }
    let base = args.base.as_deref().map(Base::new).transpose()?;
    let ontology = args
        .ontology
        .as_deref()
        .map(OntologyFiles::load)
        .transpose()?;
    let articles = articles(args, talk)?;
    let mut store = Store::open_or_create(&args.store.store, base.as_ref())?;
    if let Some(asked) = &ontology {
        store.use_ontology(asked)?;
    }
    let given = Lines {
        articles: &articles,
        maker: args.maker.as_deref(),
    };
    let mut refusals = args.rejected.as_ref().map(File::create).transpose();
    let refusals = refusals
        .as_mut()
        .map_err(|error| anyhow::anyhow!("--rejected: {error}"))?;
    let mut all = Imported::default();
    for input in &args.inputs {
        let (reader, name): (Box<dyn BufRead>, _) = if input == Path::new("-") {
            (Box::new(io::stdin().lock()), Path::new("standard input"))
        } else {
            let file = File::open(input).with_context(|| input.display().to_string())?;
            (Box::new(BufReader::new(file)), input.as_path())
        };
        let imported = match format(args, input)? {
            Some(format) => import_quads(&store, reader, format, name)?,
            None => import_lines(&store, reader, name, given)?,
        };
        for (number, one) in imported.refused.iter().enumerate() {
            let line = one.line.map_or(String::new(), |line| format!(":{line}"));
            if number < SHOWN || talk.verbose {
                let told = format!("{}{line}: {}: {}", name.display(), one.what, one.reason);
                talk.error(&printable(&told));
            }
            if let Some(file) = refusals.as_mut() {
                let told = json!({"file": name.display().to_string(), "line": one.line, "what": one.what, "reason": one.reason});
                writeln!(file, "{told}").context("--rejected")?;
            }
        }
        all.add(imported);
    }
    store.sync()?;
    talk.note(&format!(
        "{} claims taken in ({} documents), {} there already, {} refused. Next: kilde claims --store {}",
        all.claims,
        all.documents,
        all.known,
        all.refused.len(),
        args.store.store.display()
    ));
    Ok(if all.refused.is_empty() {
        Done::Well
    } else {
        Done::Partly
    })
}

/// The RDF format of a file; nothing for JSON Lines.
fn format(args: &Import, input: &Path) -> Result<Option<oxigraph::io::RdfFormat>> {
    let extension = input
        .extension()
        .map(|extension| extension.to_string_lossy().into_owned());
    match args.format.clone().or(extension).as_deref() {
        Some("jsonl" | "ndjson" | "claims") => Ok(None),
        Some(name) => match rdf::format(name) {
            Some(format) if format.supports_datasets() && name != "jsonld" => Ok(Some(format)),
            _ => bail!(
                "{}: '{}' cannot be imported; write nq, trig or jsonl",
                input.display(),
                printable(name)
            ),
        },
        None => bail!(
            "{}: in which format? Write --format nq, trig or jsonl",
            input.display()
        ),
    }
}

fn articles(args: &Import, talk: Talk) -> Result<BTreeMap<String, Article>> {
    let inputs: Vec<Input> = args
        .articles
        .iter()
        .map(|path| Input::from(path.clone()))
        .collect();
    let mut articles = BTreeMap::new();
    for article in read::articles(&inputs, &ReadOptions::default()) {
        match article {
            Ok(article) => {
                if let Some(other) = articles.insert(article.id.clone(), article)
                    && articles[&other.id].text != other.text
                {
                    bail!("--articles: two texts are called {}", printable(&other.id));
                }
            }
            Err(error) => talk.error(&printable(&error.to_string())),
        }
    }
    Ok(articles)
}
