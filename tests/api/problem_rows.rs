//! The problem rows of an upload: the file's own columns, to be corrected and uploaded again.

use reqwest::multipart::{Form, Part};
use serde_json::Value;

use crate::server::{Server, answer};

async fn upload(server: &Server, text: &str) -> Value {
    let form = Form::new().part("file", Part::text(text.to_owned()).file_name("a.csv"));
    let request = server.request("POST", "/api/contacts/upload").multipart(form);
    let (status, body) = answer(request.send().await.expect("answered")).await;
    assert_eq!(status, 200, "{body}");
    body
}

async fn download(server: &Server, import: &Value) -> String {
    let path = format!("/api/imports/{}/problems.csv", import["import_id"]);
    let sent = server.request("GET", &path).send().await.expect("answered");
    sent.text().await.expect("text")
}

#[tokio::test]
async fn every_problem_row_has_the_columns_of_the_file_and_comes_back_corrected() {
    let server = Server::open().await;
    upload(&server, "phone,telegram\n89991234567,\n,@maria_s\n").await;
    let report = upload(
        &server,
        "name,phone,telegram,profession,age,city\n\
         Short,12\n\
         Two,89991234567,@maria_s,doctor,30,Omsk\n\
         Old,89991234599,,cook,400,Tomsk\n\
         Good,89991234570,,teacher,41,Perm\n",
    )
    .await;
    assert_eq!(
        (&report["created"], &report["skipped"], &report["errors_total"]),
        (&2.into(), &2.into(), &3.into()),
        "{report}"
    );
    let csv = download(&server, &report).await;
    let lines: Vec<&str> = csv.trim_start_matches('\u{feff}').lines().collect();
    assert_eq!(
        lines[0],
        "row,field,reason,name,phone,telegram,profession,age,city"
    );
    let ends: Vec<bool> = [
        ",Short,12,,,,",
        ",Two,89991234567,'@maria_s,doctor,30,Omsk",
        ",Old,89991234599,,cook,400,Tomsk",
    ]
    .iter()
    .zip(&lines[1..])
    .map(|(end, line)| line.ends_with(end))
    .collect();
    assert_eq!(ends, [true; 3], "{csv}");
    assert!(lines[2].starts_with("3,phone,"), "{csv}");

    let corrected = csv
        .replace(",Short,12,", ",Short,89991234571,")
        .replace("89991234567,'@maria_s", "89991234567,")
        .replace(",400,", ",40,");
    let again = upload(&server, &corrected).await;
    assert_eq!(
        (&again["total"], &again["skipped"], &again["errors_total"]),
        (&3.into(), &0.into(), &0.into()),
        "{again}"
    );
    let two = server.get("/api/contacts?search=Two").await.1;
    let contact = &two["items"][0];
    assert_eq!(
        (&contact["profession"], &contact["extra"]),
        (&"doctor".into(), &serde_json::json!({"city": "Omsk"})),
        "our own columns are not kept: {two}"
    );
}

#[tokio::test]
async fn what_is_wrong_with_one_row_stands_in_one_line() {
    let server = Server::open().await;
    let report = upload(
        &server,
        "name,phone,age,language\nAnn,89991234567,400,Klingonish language\n",
    )
    .await;
    assert_eq!(report["errors_total"], 2, "{report}");
    let csv = download(&server, &report).await;
    assert_eq!(csv.lines().count(), 2, "{csv}");
    assert!(csv.contains("2,age; language,"), "{csv}");
}

#[tokio::test]
async fn without_a_header_the_columns_are_named_by_their_fields() {
    let server = Server::open().await;
    let report = upload(
        &server,
        "Anna Ivanova,89991234567\nBoris Petrov,89991234568\nVera Orlova,8999\n",
    )
    .await;
    let csv = download(&server, &report).await;
    assert!(
        csv.lines()
            .next()
            .is_some_and(|line| line.ends_with(",name,phone")),
        "{csv}"
    );
    let again = upload(&server, &csv.replace(",8999", ",89991234569")).await;
    assert_eq!(
        (&again["created"], &again["errors_total"]),
        (&1.into(), &0.into()),
        "{again}"
    );
}
