use std::collections::BTreeMap;
use std::io::Write;

use super::*;

/// Keeps contacts by phone and breaks off before the batch of this number.
#[derive(Default)]
struct Shelf {
    people: BTreeMap<String, Option<String>>,
    progress: Progress,
    problems: usize,
    largest_batch: usize,
    breaks_before: Option<usize>,
    batches: usize,
}

#[async_trait]
impl ImportTarget for Shelf {
    async fn write(&mut self, batch: &mut Batch, before: Progress) -> Result<Written, AppError> {
        if self.breaks_before == Some(self.batches) {
            return Err(AppError::internal(anyhow::anyhow!("killed")));
        }
        self.batches += 1;
        self.largest_batch = self.largest_batch.max(batch.contacts.len());
        let mut written = Written::default();
        for contact in &batch.contacts {
            let phone = contact.phone.map(|phone| phone.to_string()).unwrap_or_default();
            match self.people.insert(phone, contact.name.clone()) {
                None => written.created += 1,
                Some(old) if old == contact.name => written.unchanged += 1,
                Some(_) => written.updated += 1,
            }
        }
        self.problems += batch.problems.len();
        self.progress = before.after(batch, written);
        Ok(written)
    }
}

fn table(rows: u32) -> File {
    let mut file = tempfile::tempfile().unwrap();
    let mut text = String::from("name,phone\n");
    for row in 0..rows {
        // Every fiftieth is bad, and the row after it a duplicate of the first.
        match row % 50 {
            48 => text.push_str("Без номера,нет\n"),
            49 => text.push_str("Первый,8 (999) 000-00-00\n"),
            _ => text.push_str(&format!("Иван {row},+7999{row:07}\n")),
        }
    }
    file.write_all(text.as_bytes()).unwrap();
    file
}

async fn import(file: &File, shelf: &mut Shelf) -> Result<(Progress, Vec<RowError>), ImportError> {
    let found = look(file.try_clone().unwrap(), "people.csv".to_owned()).await?;
    let start = shelf.progress;
    run(
        file.try_clone().unwrap(),
        found,
        ReadOptions::default(),
        start,
        shelf,
        Lang::En,
    )
    .await
}

#[tokio::test]
async fn counts_every_row_and_twice_creates_nobody() {
    let file = table(50_000);
    let mut shelf = Shelf::default();
    let (progress, errors) = import(&file, &mut shelf).await.unwrap();
    assert_eq!(
        (progress.rows, progress.created, progress.skipped),
        (50_000, 48_000, 2_000)
    );
    assert_eq!(
        (errors.len(), progress.problems, shelf.problems),
        (MAX_ANSWERED_ERRORS, 2_000, 2_000)
    );
    assert_eq!((errors[0].row, errors[0].field.as_deref()), (50, Some("phone")));
    assert_eq!(errors[1].message, "The same person as in row 2.");
    assert!(shelf.largest_batch <= BATCH_ROWS);

    shelf.progress = Progress::default();
    let (again, _) = import(&file, &mut shelf).await.unwrap();
    assert_eq!((again.created, again.updated, again.unchanged), (0, 0, 48_000));
    let report = ImportReport::new(7, again, Vec::new());
    assert_eq!(
        report.total,
        report.created + report.updated + report.unchanged + report.skipped
    );
}

#[tokio::test]
async fn goes_on_behind_the_last_batch_that_was_written() {
    let file = table(20_000);
    let mut shelf = Shelf::default();
    let mut kills = 0;
    let progress = loop {
        shelf.breaks_before = Some(shelf.batches + 1);
        match import(&file, &mut shelf).await {
            Ok((progress, _)) => break progress,
            Err(ImportError::App(_)) => kills += 1,
            Err(ImportError::Refused(message)) => panic!("{message:?}"),
        }
    };
    assert!(kills >= 2, "{kills}");
    assert_eq!(
        (progress.rows, progress.created, progress.skipped),
        (20_000, 19_200, 800),
        "as without a kill"
    );
    assert_eq!((progress.unchanged, shelf.problems), (0, 800));
}

#[tokio::test]
async fn a_refused_file_writes_nothing() {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(b"\x89PNG\r\n\x1a\n").unwrap();
    let mut shelf = Shelf::default();
    let refused = import(&file, &mut shelf).await;
    assert!(matches!(refused, Err(ImportError::Refused(message)) if message.key == "import.file_is_image"));
    assert_eq!(shelf.batches, 0);
}
