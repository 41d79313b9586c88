//! Named queries that count or list what claims tell.

use expect_test::expect;

use super::check;

#[test]
fn leaders_of() {
    check(
        "leaders-of",
        &[("actor", "norland")],
        &expect![[r"
        leader | polarity | modality | date | speaker | quote | document
        ane-berg | Positive | Asserted | - | - | Ane Berg leads Norland | treaty
    "]],
    );
}

#[test]
fn speakers() {
    check(
        "speakers",
        &[],
        &expect![[r"
        speaker | claims | documents
        ane-berg | 2 | 2
        kari-dahl | 1 | 1
        vestia | 1 | 1
    "]],
    );
    check(
        "speakers",
        &[("least", "2")],
        &expect![[r"
        speaker | claims | documents
        ane-berg | 2 | 2
    "]],
    );
}

#[test]
fn places() {
    check(
        "places",
        &[],
        &expect![[r"
        place | claims | earliest | latest
        kaupang | 2 | 2023-01-01 | 2024-03-01
    "]],
    );
    check(
        "places",
        &[("actor", "ostland")],
        &expect![[r"
        place | claims | earliest | latest
    "]],
    );
}

#[test]
fn most_active() {
    check(
        "most-active",
        &[("least", "2")],
        &expect![[r"
        actor | does | undergoes | claims
        norland | 4 | 2 | 6
        ostland | 3 | 3 | 6
        vestia | 1 | 4 | 5
        ane-berg | 2 | 0 | 2
        folkefronten | 2 | 0 | 2
    "]],
    );
}

#[test]
fn sources() {
    check(
        "sources",
        &[
            ("subject", "norland"),
            ("wanted", "consultsWith"),
            ("object", "vestia"),
        ],
        &expect![[r"
            claim | relation | polarity | modality | speaker | date | quote | document | reported
            5cde9861677774035c1a6e0ef06aa853 | consultsWith | Positive | Asserted | - | - | Norland met Vestia again | raid | 2024-02
            89092090363661f2744233848df3e242 | consultsWith | Positive | Asserted | - | 2023 | Vestia met Norland in Kaupang | raid | 2024-02
        "]],
    );
    check(
        "sources",
        &[
            ("subject", "ostland"),
            ("wanted", "attacks"),
            ("object", "vestia"),
        ],
        &expect![[r"
            claim | relation | polarity | modality | speaker | date | quote | document | reported
            ef800f5edb95b01bbcb7f8e044de744e | attacks | Positive | Asserted | ane-berg | 2024-01-15 | Ostland attacked Vestia, Ane Berg said | raid | 2024-02
            d5f1b172394d3e299075a228caa7cfd1 | attacks | Negative | Asserted | kari-dahl | - | Ostland never attacked Vestia, Kari Dahl told Radio Sør | treaty | 2024-03-02
        "]],
    );
}

#[test]
fn unlinked() {
    check(
        "unlinked",
        &[],
        &expect![[r"
        entity | type | mentions | documents
        folkefronten | ArmedGroup | 2 | 2
        accord | Agreement | 1 | 1
    "]],
    );
}

#[test]
fn planned_or_demanded() {
    check(
        "planned-or-demanded",
        &[],
        &expect![[r"
        subject | relation | object | modality | polarity | date | speaker | quote | document
        norland | visits | ostland | Planned | Positive | 2024-04 | - | Norland will visit Ostland in April | treaty
        ostland | retreatsFrom | sorland | Demanded | Positive | - | vestia | Vestia demanded that Ostland leave Sørland | raid
    "]],
    );
    check(
        "planned-or-demanded",
        &[("actor", "ostland")],
        &expect![[r"
        subject | relation | object | modality | polarity | date | speaker | quote | document
        ostland | retreatsFrom | sorland | Demanded | Positive | - | vestia | Vestia demanded that Ostland leave Sørland | raid
    "]],
    );
}

#[test]
fn documents() {
    check(
        "documents",
        &[],
        &expect![[r#"
        document | language | published | publisher | title | claims
        raid | en | 2024-02 | Kaupang Post | A "title"
        in two lines | 6
        rumour | en | - | Kaupang Post | A "title"
        in two lines | 1
        treaty | en | 2024-03-02 | Kaupang Post | A "title"
        in two lines | 5
    "#]],
    );
}

#[test]
fn neighbours() {
    check(
        "neighbours",
        &[("actor", "norland")],
        &expect![[r#"
        other | claims
        vestia | 3
        accord | 1
        ane-berg | 1
    "#]],
    );
}

#[test]
fn ties() {
    check(
        "ties",
        &[],
        &expect![[r#"
        one | other | claims | cooperation | conflict
        norland | vestia | 3 | 3 | 0
        accord | norland | 1 | 1 | 0
        ane-berg | norland | 1 | 0 | 0
        ane-berg | ostland | 1 | 0 | 1
        ostland | vestia | 1 | 0 | 1
    "#]],
    );
}

#[test]
fn months() {
    check(
        "months",
        &[],
        &expect![[r#"
        month | claims | cooperation | conflict
        2024-01 | 1 | 0 | 1
        2024-02 | 3 | 2 | 1
        2024-03 | 3 | 2 | 0
    "#]],
    );
    check(
        "months",
        &[("actor", "ostland")],
        &expect![[r#"
        month | claims | cooperation | conflict
        2024-01 | 1 | 0 | 1
        2024-02 | 1 | 0 | 1
    "#]],
    );
}
