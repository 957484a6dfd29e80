use std::fs::{self, File};
use std::io::Write;

use alfa_store::contacts::{find_by_phone, find_by_username};
use alfa_store::types::{ConsentBasis, JobState};
use alfa_store::{DatabaseUrl, entity, jobs};
use tempfile::TempDir;

use super::super::upload_job::{JOB_KIND, JOB_LEASE_MS, enqueue, run_job};
use super::super::upload_target::HeldJob;
use super::super::upload_undo::undo;
use super::*;

struct Bench {
    folder: TempDir,
    store: Store,
}

const NOON: UnixMillis = UnixMillis(1_790_000_000_000);

fn now() -> UnixMillis {
    NOON
}

impl Bench {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:///{}", folder.path().join("test.db").display());
        let store = Store::connect(&DatabaseUrl::parse(&url).unwrap()).await.unwrap();
        store.migrate().await.unwrap();
        Self { folder, store }
    }

    fn spool(&self, bytes: &[u8], random: u64) -> Spool {
        let (spool, mut file): (Spool, File) = Spool::create(self.folder.path(), random).unwrap();
        file.write_all(bytes).unwrap();
        spool
    }

    fn left_in_spool(&self) -> usize {
        fs::read_dir(self.folder.path().join("uploads")).unwrap().count()
    }

    async fn upload(&self, text: &str, change: impl FnOnce(&mut UploadOptions)) -> AppResult<ImportReport> {
        let mut options = options("people.csv");
        change(&mut options);
        let spool = self.spool(text.as_bytes(), 1);
        let report = import_now(&self.store, &spool, &options, &now).await;
        assert_eq!(self.left_in_spool(), 0, "the spool file is gone");
        report
    }
}

fn options(file_name: &str) -> UploadOptions {
    UploadOptions {
        file_name: file_name.to_owned(),
        consent: ConsentBasis::OperatorAttested,
        country: String::new(),
        mapping: Mapping::new(),
        columns: Choices::new(),
        sheet: None,
        dry_run: false,
        recorded_by: "test".to_owned(),
        lang: "en".to_owned(),
    }
}

fn counts(report: &ImportReport) -> [i64; 5] {
    [
        report.total,
        report.created,
        report.updated,
        report.unchanged,
        report.skipped,
    ]
}

const TWO: &str = "name,phone,profession,interests\nИван Петров,+79991234567,Бизнесмен,Инвестиции\n\
                   Мария Сидорова,8 (999) 123-45-68,Врач,Здоровье\n";

#[tokio::test]
async fn the_same_file_twice_creates_nobody() {
    let bench = Bench::new().await;
    let first = bench.upload(TWO, |_| {}).await.unwrap();
    assert_eq!(counts(&first), [2, 2, 0, 0, 0]);
    let ivan = find_by_phone(bench.store.reader(), "+79991234567")
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (ivan.name.as_str(), ivan.consent_basis),
        ("Иван Петров", ConsentBasis::OperatorAttested)
    );
    assert_eq!(counts(&bench.upload(TWO, |_| {}).await.unwrap()), [2, 0, 0, 2, 0]);
    let changed = bench
        .upload("phone,profession\n89991234567,Инженер\n", |_| {})
        .await
        .unwrap();
    assert_eq!(counts(&changed), [1, 0, 1, 0, 0]);
    let ivan = find_by_phone(bench.store.reader(), "+79991234567")
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (ivan.name.as_str(), ivan.profession.as_deref()),
        ("Иван Петров", Some("Инженер"))
    );
}

#[tokio::test]
async fn a_dry_run_reports_and_writes_nobody() {
    let bench = Bench::new().await;
    let text = format!("{TWO}Плохой,нет,,\n");
    let dry = bench
        .upload(&text, |options| options.dry_run = true)
        .await
        .unwrap();
    assert_eq!(counts(&dry), [3, 2, 0, 0, 1]);
    assert_eq!(
        find_by_phone(bench.store.reader(), "+79991234567").await.unwrap(),
        None
    );
    assert!(undo(&bench.store, dry.import_id, &now).await.is_err());
    let real = bench.upload(&text, |_| {}).await.unwrap();
    assert_eq!((counts(&real), &real.errors), (counts(&dry), &dry.errors));
    let kept = imports::rows_after(bench.store.reader(), real.import_id, 0)
        .await
        .unwrap();
    assert_eq!(
        (kept.len(), kept[0].row, kept[0].field.as_deref()),
        (1, 4, Some("phone"))
    );
    assert_eq!(
        kept[0].raw,
        r#"[["name","Плохой"],["phone","нет"],["profession",""],["interests",""]]"#
    );
}

#[tokio::test]
async fn an_import_is_undone() {
    let bench = Bench::new().await;
    bench.upload(TWO, |_| {}).await.unwrap();
    let second = bench
        .upload("name,phone\nИван Другой,89991234567\nНовая,89991234569\n", |_| {})
        .await
        .unwrap();
    assert_eq!(counts(&second), [2, 1, 1, 0, 0]);
    let report = undo(&bench.store, second.import_id, &now).await.unwrap();
    assert_eq!((report.deleted, report.restored, report.kept), (1, 1, vec![]));
    let ivan = find_by_phone(bench.store.reader(), "+79991234567")
        .await
        .unwrap()
        .unwrap();
    assert_eq!(ivan.name, "Иван Петров");
    assert_eq!(
        find_by_phone(bench.store.reader(), "+79991234569").await.unwrap(),
        None
    );
    assert!(matches!(
        undo(&bench.store, second.import_id, &now).await,
        Err(AppError::Conflict { .. })
    ));
    assert!(matches!(
        undo(&bench.store, 999, &now).await,
        Err(AppError::NotFound { .. })
    ));
}

#[tokio::test]
async fn two_people_in_one_row_are_the_operators_to_tell_apart() {
    let bench = Bench::new().await;
    bench
        .upload("phone,telegram\n89991234567,\n,@maria_s\n", |_| {})
        .await
        .unwrap();
    assert!(
        find_by_username(bench.store.reader(), "maria_s")
            .await
            .unwrap()
            .is_some()
    );
    let report = bench
        .upload("phone,telegram\n89991234567,@maria_s\n", |_| {})
        .await
        .unwrap();
    assert_eq!(counts(&report), [1, 0, 0, 0, 1]);
    assert!(
        report.errors[0].message.contains("1, 2"),
        "{}",
        report.errors[0].message
    );
}

#[tokio::test]
async fn a_refusal_names_the_field() {
    let bench = Bench::new().await;
    let field = |result: AppResult<ImportReport>| match result {
        Err(AppError::Invalid { fields }) => fields[0].field.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(field(bench.upload("", |_| {}).await), "file");
    assert_eq!(
        field(bench.upload(TWO, |options| options.country = "XX".into()).await),
        "country"
    );
    let wrong = Mapping::from([("нет".to_owned(), "phone".to_owned())]);
    assert_eq!(
        field(bench.upload(TWO, |options| options.mapping = wrong).await),
        "mapping"
    );
    assert!(parse_mapping("[1]").is_err());
    assert_eq!(parse_mapping(r#"{"a":"phone"}"#).unwrap().len(), 1);
}

async fn claim(store: &Store, owner: &str, at: UnixMillis) -> entity::jobs::Model {
    let tx = store.begin().await.unwrap();
    let job = jobs::claim(&tx, &[JOB_KIND], owner, at, JOB_LEASE_MS)
        .await
        .unwrap()
        .unwrap();
    tx.commit().await.unwrap();
    job
}

#[tokio::test]
async fn a_job_goes_on_after_its_process_died() {
    let bench = Bench::new().await;
    let mut text = String::from("name,phone\n");
    for row in 0..3_000 {
        text.push_str(&format!("Иван {row},+7999{row:07}\n"));
    }
    text.push_str("Плохой,нет\n");
    let spool = bench.spool(text.as_bytes(), 2);
    let (job_id, import_id) = enqueue(&bench.store, &spool, &options("people.csv"), &now)
        .await
        .unwrap();
    let job = claim(&bench.store, "first", NOON).await;
    assert_eq!(job.id, job_id);

    // The first process dies behind its first 1,000 rows, which it committed with the cursor.
    let found = look(&spool, &options("people.csv")).await.unwrap();
    let mut target = StoreTarget::new(
        bench.store.clone(),
        import_id,
        options("people.csv").grant(),
        false,
        Lang::En,
        &now,
    );
    target.held = Some(HeldJob {
        id: job_id,
        owner: "first".to_owned(),
        total_bytes: found.size_bytes.cast_signed(),
    });
    let mut first_chunk = None;
    let _ = super::super::reader::read_contacts(
        spool.open().unwrap(),
        &found,
        &ReadOptions::default(),
        &mut |chunk| {
            first_chunk = Some(chunk);
            Err(super::super::format::Stop::Enough)
        },
    );
    let mut batch = import::Batch::default();
    batch.add(first_chunk.unwrap());
    import::ImportTarget::write(&mut target, &mut batch, Progress::default())
        .await
        .unwrap();

    let later = NOON.plus_ms(JOB_LEASE_MS + 1);
    let job = claim(&bench.store, "second", later).await;
    assert!(job.cursor.is_some());
    run_job(&bench.store, bench.folder.path(), &job, "second", &now)
        .await
        .unwrap();
    let job = jobs::get(bench.store.reader(), job_id).await.unwrap();
    assert_eq!(
        (job.state, job.progress_total),
        (JobState::Done, Some(text.len() as i64))
    );
    let report: ImportReport = serde_json::from_str(&job.result.unwrap()).unwrap();
    assert_eq!(
        counts(&report),
        [3_001, 3_000, 0, 0, 1],
        "as if nothing had happened"
    );
    assert_eq!((report.errors.len(), report.errors[0].row), (1, 3_002));
    assert_eq!(
        imports::get(bench.store.reader(), import_id)
            .await
            .unwrap()
            .created,
        3_000
    );
    assert_eq!(bench.left_in_spool(), 0);
}
