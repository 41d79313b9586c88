//! Named queries for claims.

use expect_test::expect;

use super::check;

#[test]
fn who_says_what() {
    check(
        "who-says-what",
        &[("actor", "Ane Berg")],
        &expect![[r"
        speaker | subject | relation | object | polarity | modality | date | quote | document
        ane-berg | ostland | attacks | vestia | Positive | Asserted | 2024-01-15 | Ostland attacked Vestia, Ane Berg said | raid
        ane-berg | norland | agreesWith | vestia | Positive | Asserted | 2024-03-01 | Norland and Vestia signed a treaty in Kaupang, Ane Berg said | treaty
    "]],
    );
    check(
        "who-says-what",
        &[("actor", "radio-sor")],
        &expect![[r"
        speaker | subject | relation | object | polarity | modality | date | quote | document
        radio-sor | ostland | attacks | vestia | Negative | Asserted | - | Ostland never attacked Vestia, Kari Dahl told Radio Sør | treaty
    "]],
    );
}

#[test]
fn about() {
    check(
        "about",
        &[("actor", "ostland")],
        &expect![[r"
        subject | relation | object | polarity | modality | date | speaker | quote | document
        ane-berg | condemns | ostland | Positive | Asserted | - | - | Ane Berg condemned Ostland | raid
        ostland | attacks | vestia | Positive | Asserted | 2024-01-15 | ane-berg | Ostland attacked Vestia, Ane Berg said | raid
        ostland | retreatsFrom | sorland | Positive | Demanded | - | vestia | Vestia demanded that Ostland leave Sørland | raid
        folkefronten | aids | ostland | Positive | Asserted | - | - | Folkefronten helps Ostland | rumour
        norland | visits | ostland | Positive | Planned | 2024-04 | - | Norland will visit Ostland in April | treaty
        ostland | attacks | vestia | Negative | Asserted | - | kari-dahl | Ostland never attacked Vestia, Kari Dahl told Radio Sør | treaty
    "]],
    );
    check(
        "about",
        &[("actor", "ostland"), ("since", "2024-03")],
        &expect![[r"
        subject | relation | object | polarity | modality | date | speaker | quote | document
        norland | visits | ostland | Positive | Planned | 2024-04 | - | Norland will visit Ostland in April | treaty
        ostland | attacks | vestia | Negative | Asserted | - | kari-dahl | Ostland never attacked Vestia, Kari Dahl told Radio Sør | treaty
    "]],
    );
    check(
        "about",
        &[("actor", "norland"), ("until", "2024-02")],
        &expect![[r"
        subject | relation | object | polarity | modality | date | speaker | quote | document
        norland | consultsWith | vestia | Positive | Asserted | - | - | Norland met Vestia again | raid
        vestia | consultsWith | norland | Positive | Asserted | 2023 | - | Vestia met Norland in Kaupang | raid
    "]],
    );
}

#[test]
fn between() {
    check(
        "between",
        &[("a", "vestia"), ("b", "norland")],
        &expect![[r"
        subject | relation | object | polarity | modality | date | speaker | quote | document
        vestia | consultsWith | norland | Positive | Asserted | 2023 | - | Vestia met Norland in Kaupang | raid
        norland | consultsWith | vestia | Positive | Asserted | - | - | Norland met Vestia again | raid
        norland | agreesWith | vestia | Positive | Asserted | 2024-03-01 | ane-berg | Norland and Vestia signed a treaty in Kaupang, Ane Berg said | treaty
    "]],
    );
}

#[test]
fn edges() {
    check(
        "edges",
        &[],
        &expect![[r"
        subject | relation | object | claims | documents
        norland | consultsWith | vestia | 2 | 1
        ane-berg | condemns | ostland | 1 | 1
        ane-berg | leads | norland | 1 | 1
        norland | agreesWith | accord | 1 | 1
        norland | agreesWith | vestia | 1 | 1
        ostland | attacks | vestia | 1 | 1
    "]],
    );
    check(
        "edges",
        &[("wanted", "ACCUSE")],
        &expect![[r"
        subject | relation | object | claims | documents
        ane-berg | condemns | ostland | 1 | 1
    "]],
    );
}

#[test]
fn disputes() {
    check(
        "disputes",
        &[],
        &expect![[r"
        subject | relation | object | affirmed | denied
        ostland | attacks | vestia | 1 | 1
    "]],
    );
}

#[test]
fn denials() {
    check(
        "denials",
        &[],
        &expect![[r"
        speaker | subject | relation | object | modality | date | quote | document
        kari-dahl | ostland | attacks | vestia | Asserted | - | Ostland never attacked Vestia, Kari Dahl told Radio Sør | treaty
    "]],
    );
    check(
        "denials",
        &[("actor", "ane-berg")],
        &expect![[r"
        speaker | subject | relation | object | modality | date | quote | document
    "]],
    );
}

#[test]
fn timeline() {
    check(
        "timeline",
        &[("actor", "vestia")],
        &expect![[r"
        date | subject | relation | object | place | quote | document
        2023 | vestia | consultsWith | norland | kaupang | Vestia met Norland in Kaupang | raid
        2024-01-15 | ostland | attacks | vestia | - | Ostland attacked Vestia, Ane Berg said | raid
        2024-03-01 | norland | agreesWith | vestia | kaupang | Norland and Vestia signed a treaty in Kaupang, Ane Berg said | treaty
    "]],
    );
}

#[test]
fn accusations() {
    check(
        "accusations",
        &[("against", "ostland")],
        &expect![[r"
        subject | relation | object | polarity | modality | date | speaker | quote | document
        ane-berg | condemns | ostland | Positive | Asserted | - | - | Ane Berg condemned Ostland | raid
    "]],
    );
    check(
        "accusations",
        &[("by", "ostland")],
        &expect![[r"
        subject | relation | object | polarity | modality | date | speaker | quote | document
    "]],
    );
}

#[test]
fn meetings() {
    check(
        "meetings",
        &[],
        &expect![[r"
        subject | relation | object | date | place | quote | document
        vestia | consultsWith | norland | 2023 | kaupang | Vestia met Norland in Kaupang | raid
        norland | consultsWith | vestia | - | - | Norland met Vestia again | raid
    "]],
    );
    check(
        "meetings",
        &[("actor", "kari-dahl")],
        &expect![[r"
        subject | relation | object | date | place | quote | document
    "]],
    );
}
