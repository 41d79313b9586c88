//! Data files are compiled into the program; without this the compiler would not see that one was added or changed.

fn main() {
    println!("cargo:rerun-if-changed=ontology");
    println!("cargo:rerun-if-changed=seeds/actors");
    println!("cargo:rerun-if-changed=seeds/places");
}
