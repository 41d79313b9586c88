//! `kilde verify` and `kilde lock`: whether a store is sound, and whether it is what it was.

use std::{
    fs,
    io::{self, Write},
    path::Path,
};

use anyhow::{Context, Result, bail};

use super::{
    Done,
    args::{Lock as LockArgs, Verify},
    output,
    terminal::Talk,
};
use crate::{
    analyse::{Finding, Lock, Verification, validation_report, verify},
    rdf::{self, Prefixes, Writer},
    store::Store,
    text::printable,
};

pub(super) fn run(args: &Verify, talk: Talk) -> Result<Done> {
    let format = match args.format.as_deref() {
        None => None,
        Some(name) => match rdf::format(name) {
            Some(format) => Some(format),
            None => bail!("--format {name}: write ttl, nt or jsonld"),
        },
    };
    let before = args.against.as_deref().map(read_lock).transpose()?;
    let store = Store::open(&args.store.store)?;
    let found = verify(&store)?;
    let mut out = io::BufWriter::new(io::stdout().lock());
    if let Some(format) = format {
        let quads = validation_report(&found.findings);
        let mut writer = Writer::new(
            format,
            &Prefixes::new(store.base()).used_by(&quads),
            &mut out,
        );
        for quad in &quads {
            writer.write(quad)?;
        }
        writer.finish()?;
    }
    for line in lines(&found) {
        if format.is_some() {
            talk.error(&line);
        } else {
            writeln!(out, "{line}")?;
        }
    }
    let mut differences = Vec::new();
    if let Some(before) = before {
        differences = before.differences(&Lock::of_store(&store)?);
        for difference in &differences {
            writeln!(out, "lock: {difference}")?;
        }
    }
    out.flush()?;
    let wrong = found.problems.len() + found.findings.len() + differences.len();
    talk.note(&format!(
        "{} documents, {} claims and {} statements checked: {}",
        found.documents,
        found.claims,
        found.statements,
        if wrong == 0 {
            "all is as it should be".to_owned()
        } else {
            format!("{wrong} problems")
        }
    ));
    Ok(if wrong == 0 { Done::Well } else { Done::Partly })
}

pub(super) fn lock(args: &LockArgs) -> Result<Done> {
    let store = Store::open(&args.store.store)?;
    let lock = Lock::of_store(&store)?;
    // Strings and numbers always have a TOML form.
    let text = toml::to_string(&lock).unwrap_or_default();
    output::to(&args.output, |out| {
        writeln!(
            out,
            "# What a Kilde store held: `kilde verify --against` compares it. sha256 is that of\n\
             # `kilde export -f nq | LC_ALL=C sort`, documents are those of each document's statements.\n{text}"
        )?;
        Ok(())
    })?;
    Ok(Done::Well)
}

fn read_lock(file: &Path) -> Result<Lock> {
    let shown = || file.display().to_string();
    let text = fs::read_to_string(file).with_context(shown)?;
    toml::from_str(&text).with_context(shown)
}

fn lines(found: &Verification) -> Vec<String> {
    let problems = found.problems.iter();
    let problems = problems.map(|problem| format!("{}: {}", problem.kind, problem.message));
    let findings = found.findings.iter().map(finding);
    problems
        .chain(findings)
        .map(|line| printable(&line).into_owned())
        .collect()
}

fn finding(finding: &Finding) -> String {
    let path = finding.path.join(" / ");
    let value = finding.value.as_deref().unwrap_or("");
    format!(
        "shape: {} {path} {value}: {} (sh:{}, {})",
        finding.focus, finding.message, finding.component, finding.shape
    )
}
