//! A build that is killed at any moment leaves a store that opens and holds whole documents, and goes on where it stopped:
//! at the end the graph is that of an undisturbed build, byte for byte.

use std::{
    path::Path,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use kilde::store::Store;

use crate::{
    forget::{exported, models},
    world::Dice,
};

/// Kills between two comparisons: enough for kills of builds that found half their work done.
const KILLS_A_STORE: usize = 4;

fn start(kg: &Path, again: bool) -> Child {
    let articles = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds/articles");
    let mut command = Command::new(env!("CARGO_BIN_EXE_kilde"));
    command
        .arg("build")
        .arg(articles)
        .arg("-q")
        .arg("--store")
        .arg(kg)
        .env("KILDE_MODELS", models())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    if again {
        command.arg("--again");
    }
    command.spawn().unwrap()
}

/// Kills as many builds as `KILDE_KILLS` says, else 200.
#[test]
fn a_killed_build_goes_on_where_it_stopped() {
    let kills: usize = std::env::var("KILDE_KILLS").map_or(200, |kills| kills.parse().unwrap());
    let folder = tempfile::tempdir().unwrap();
    let whole = folder.path().join("whole");
    let began = Instant::now();
    assert!(start(&whole, false).wait().unwrap().success());
    let takes = began.elapsed();
    let expected = exported(&Store::open(&whole).unwrap());
    let mut dice = Dice(7);
    let mut stopped_halfway = 0;
    for round in 0..kills.div_ceil(KILLS_A_STORE) {
        let kg = folder.path().join(format!("kg{round}"));
        for kill in 0..KILLS_A_STORE {
            // Also a build that reads all again over what is there.
            let mut child = start(&kg, kill == 2);
            let most = usize::try_from(takes.as_micros()).unwrap();
            thread::sleep(Duration::from_micros(dice.below(most) as u64));
            child.kill().unwrap();
            child.wait().unwrap();
            if !kg.join("kilde.toml").exists() {
                continue;
            }
            let store = Store::open(&kg).unwrap();
            let count = store.documents().unwrap().map(Result::unwrap).count();
            stopped_halfway += usize::from(count > 0 && count < 22);
        }
        assert!(start(&kg, false).wait().unwrap().success());
        let store = Store::open(&kg).unwrap();
        assert!(exported(&store) == expected, "round {round}");
        drop(store);
        std::fs::remove_dir_all(&kg).unwrap();
    }
    // Else the test would have missed what it is about.
    assert!(
        stopped_halfway > 0 || kills < 20,
        "no build was stopped halfway"
    );
}

/// A disk that takes no more, as far as a limit on the size of files stands for one.
#[cfg(unix)]
#[test]
fn a_build_on_a_full_disk_stops_and_goes_on_later() {
    let folder = tempfile::tempdir().unwrap();
    let (whole, kg) = (folder.path().join("whole"), folder.path().join("kg"));
    assert!(start(&whole, false).wait().unwrap().success());
    let expected = exported(&Store::open(&whole).unwrap());
    let articles = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds/articles");
    // Most documents' files are larger than 100 KiB.
    let limited = Command::new("bash")
        .args([
            "-c",
            "trap '' XFSZ; ulimit -f 120; exec \"$0\" build \"$1\" -q --store \"$2\"",
        ])
        .args([Path::new(env!("CARGO_BIN_EXE_kilde")), &articles, &kg])
        .env("KILDE_MODELS", models())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&limited.stderr).into_owned();
    assert_eq!(limited.status.code(), Some(2), "{said}");
    assert!(said.contains("cannot write the file"), "{said}");
    let store = Store::open(&kg).unwrap();
    assert!(store.documents().unwrap().map(Result::unwrap).count() < 22);
    drop(store);
    assert!(start(&kg, false).wait().unwrap().success());
    assert!(exported(&Store::open(&kg).unwrap()) == expected);
}
