//! How long reading takes beside parsing: names, claims and checks of the sample articles, and what is built at the start.
//! `cargo bench -p kilde`. English is measured where its model is.

use std::path::PathBuf;

use divan::{Bencher, counter::ItemsCount};
use kilde::{
    document::{Article, Lang},
    extract::Lexicon,
    ontology::Ontology,
    pipeline::{Knowledge, Models, paragraphs, understand},
    read::{self, Input, ReadOptions},
};

fn main() {
    divan::main();
}

fn sample(lang: Lang) -> Vec<Article> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("seeds/articles");
    let articles = read::articles(&[Input::from(folder)], &ReadOptions::default());
    let articles = articles.map(|article| article.expect("the sample articles can be read"));
    articles
        .filter(|article| article.lang.family() == lang)
        .collect()
}

/// Everything after the annotations of the language runtime. Items are words.
#[divan::bench(args = [Lang::En, Lang::Nb])]
fn extract(bencher: Bencher, lang: Lang) {
    let models = Models::find(None);
    let Ok(model) = models.of(lang) else {
        eprintln!("no model for {}: not measured; run make models", lang.tag());
        return;
    };
    let knowledge = Knowledge::embedded().expect("the program's knowledge is sound");
    let annotated: Vec<_> = sample(lang)
        .into_iter()
        .map(|article| {
            let aligned = paragraphs(&article);
            let texts: Vec<&str> = aligned.iter().map(|one| one.text.as_str()).collect();
            let docs = model.pipeline.pipe(&texts);
            (article, aligned, docs)
        })
        .collect();
    let words = annotated
        .iter()
        .flat_map(|(article, ..)| article.text.split_whitespace());
    let read = |(article, aligned, docs): &(Article, Vec<_>, Vec<_>)| {
        understand(article.clone(), aligned, docs, model.scheme, knowledge)
            .claims
            .len()
    };
    bencher
        .counter(ItemsCount::new(words.count()))
        .bench(|| annotated.iter().map(read).sum::<usize>());
}

/// Frames and small words of a language, from TOML.
#[divan::bench(args = [Lang::En, Lang::Nb])]
fn read_frames(bencher: Bencher, lang: Lang) {
    bencher.bench(|| {
        let lexicon = Lexicon::embedded(Ontology::embedded()).expect("frames are sound");
        lexicon.of(lang).map(|frames| frames.frames.len())
    });
}
