//! Starts that are refused: with a text for a person, and never by a panic.

use std::process::{Command, Output};

fn serve(folder: &std::path::Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_alfa"))
        .arg("serve")
        .current_dir(folder)
        .env_clear()
        .env("PORT", "0")
        .output()
        .expect("started")
}

#[test]
fn a_working_folder_that_cannot_be_written_is_refused() {
    let folder = tempfile::tempdir().expect("folder");
    // Tests may run as root, whom no permission stops: a file stands where the folder of the log should be.
    std::fs::write(folder.path().join("logs"), "").expect("written");
    let output = serve(folder.path());
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(
        said.contains("logs/app.log") && !said.contains("panicked"),
        "{said}"
    );
    assert!(!folder.path().join("alfa.db").exists(), "nothing was begun");
}
