//! Services, staff and places: what sessions and bookings are made of.

use alfa_store::crm::{directions, places, services, staff};
use alfa_store::entity;
use alfa_store::{StoreError, Tx, contacts};

use super::{audited, check_direction};
use crate::app::App;
use crate::error::{AppError, AppResult, Message};
use crate::once::{self, Made};

/// Adds a service (`row.id` 0) or changes one. The rest of the row is as the caller wants it.
///
/// # Errors
/// `Conflict` when another has the name; `Invalid` when there is no such direction.
pub async fn save_service(
    app: &App,
    row: entity::services::Model,
    actor: &str,
) -> AppResult<entity::services::Model> {
    write_service(app, app.begin().await?, row, actor).await
}

/// Changes a service as `change` makes it of what there is; nobody else changes it meanwhile.
///
/// # Errors
/// `NotFound`, and as [`save_service`].
pub async fn change_service(
    app: &App,
    id: i64,
    change: impl FnOnce(entity::services::Model) -> entity::services::Model,
    actor: &str,
) -> AppResult<entity::services::Model> {
    let tx = app.begin().await?;
    let row = change(services::lock(&tx, id).await?);
    write_service(app, tx, row, actor).await
}

async fn write_service(
    app: &App,
    tx: Tx,
    row: entity::services::Model,
    actor: &str,
) -> AppResult<entity::services::Model> {
    let now = app.clock.now();
    let row = entity::services::Model {
        name_key: contacts::fold_name(&row.name),
        updated_at: now,
        created_at: if row.id == 0 { now } else { row.created_at },
        ..row
    };
    check_direction(&tx, "direction", row.direction.as_deref()).await?;
    let (action, saved) = if row.id == 0 {
        ("service.create", services::create(&tx, row).await)
    } else {
        ("service.update", services::update(&tx, row).await)
    };
    let saved = saved.map_err(name_taken)?;
    audited(&tx, actor, action, ("service", saved.id), None, now).await?;
    if action == "service.create" {
        once::made(&tx, &Made::Service { id: saved.id }).await?;
    }
    tx.commit().await?;
    Ok(saved)
}

/// Adds a place (`row.id` 0) or changes one.
///
/// # Errors
/// As [`save_service`].
pub async fn save_place(
    app: &App,
    row: entity::places::Model,
    actor: &str,
) -> AppResult<entity::places::Model> {
    write_place(app, app.begin().await?, row, actor).await
}

/// Changes a place as `change` makes it of what there is; nobody else changes it meanwhile.
///
/// # Errors
/// `NotFound`, and as [`save_place`].
pub async fn change_place(
    app: &App,
    id: i64,
    change: impl FnOnce(entity::places::Model) -> entity::places::Model,
    actor: &str,
) -> AppResult<entity::places::Model> {
    let tx = app.begin().await?;
    let row = change(places::lock(&tx, id).await?);
    write_place(app, tx, row, actor).await
}

async fn write_place(
    app: &App,
    tx: Tx,
    row: entity::places::Model,
    actor: &str,
) -> AppResult<entity::places::Model> {
    let now = app.clock.now();
    let row = entity::places::Model {
        name_key: contacts::fold_name(&row.name),
        updated_at: now,
        created_at: if row.id == 0 { now } else { row.created_at },
        ..row
    };
    check_direction(&tx, "direction", row.direction.as_deref()).await?;
    let (action, saved) = if row.id == 0 {
        ("place.create", places::create(&tx, row).await)
    } else {
        ("place.update", places::update(&tx, row).await)
    };
    let saved = saved.map_err(name_taken)?;
    audited(&tx, actor, action, ("place", saved.id), None, now).await?;
    if action == "place.create" {
        once::made(&tx, &Made::Place { id: saved.id }).await?;
    }
    tx.commit().await?;
    Ok(saved)
}

/// Adds a member of the staff (`row.id` 0) or changes one; `details` absent: they stay.
///
/// # Errors
/// `Invalid` when there is no such direction.
pub async fn save_staff(
    app: &App,
    row: entity::staff::Model,
    details: Option<staff::Details>,
    actor: &str,
) -> AppResult<entity::staff::Model> {
    write_staff(app, app.begin().await?, (row, details), actor).await
}

/// Changes a member of the staff as `change` makes it of what there is; nobody else changes it meanwhile.
///
/// # Errors
/// `NotFound`, what `change` refuses, and as [`save_staff`].
pub async fn change_staff(
    app: &App,
    id: i64,
    change: impl FnOnce(entity::staff::Model, staff::Details) -> AppResult<(entity::staff::Model, staff::Details)>,
    actor: &str,
) -> AppResult<entity::staff::Model> {
    let tx = app.begin().await?;
    let known = staff::lock(&tx, id).await?;
    let own = staff::details(&tx, &[id]).await?.remove(&id).unwrap_or_default();
    let (row, details) = change(known, own)?;
    write_staff(app, tx, (row, Some(details)), actor).await
}

async fn write_staff(
    app: &App,
    tx: Tx,
    (row, details): (entity::staff::Model, Option<staff::Details>),
    actor: &str,
) -> AppResult<entity::staff::Model> {
    let now = app.clock.now();
    let row = entity::staff::Model {
        name_key: contacts::fold_name(&row.name),
        updated_at: now,
        created_at: if row.id == 0 { now } else { row.created_at },
        ..row
    };
    let (action, saved) = if row.id == 0 {
        ("staff.create", staff::create(&tx, row).await?)
    } else {
        ("staff.update", staff::update(&tx, row).await?)
    };
    if let Some(details) = &details {
        for (index, code) in details.directions.iter().enumerate() {
            check_direction(&tx, &format!("directions[{index}]"), Some(code)).await?;
        }
        staff::set_details(&tx, saved.id, details).await?;
    }
    audited(&tx, actor, action, ("staff", saved.id), None, now).await?;
    if action == "staff.create" {
        once::made(&tx, &Made::Staff { id: saved.id }).await?;
    }
    tx.commit().await?;
    Ok(saved)
}

/// A noun of the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Noun {
    Service,
    Place,
    Staff,
}

/// Takes away what nothing names yet.
///
/// # Errors
/// `NotFound`; `Conflict` when the schedule or a payment names it: it can be switched off instead.
pub async fn delete(app: &App, noun: Noun, id: i64, actor: &str) -> AppResult<()> {
    let tx = app.begin().await?;
    let (word, gone) = match noun {
        Noun::Service => ("service", services::delete(&tx, id).await),
        Noun::Place => ("place", places::delete(&tx, id).await),
        Noun::Staff => ("staff", staff::delete(&tx, id).await),
    };
    gone?;
    let action = format!("{word}.delete");
    audited(&tx, actor, &action, (word, id), None, app.clock.now()).await?;
    Ok(tx.commit().await?)
}

/// Adds a direction or changes its name and place in lists.
///
/// # Errors
/// When the database fails.
pub async fn put_direction(
    app: &App,
    code: &str,
    name: Option<&str>,
    position: i32,
    actor: &str,
) -> AppResult<()> {
    let tx = app.begin().await?;
    directions::put(&tx, code, name, position).await?;
    let subject = format!("direction:{code}");
    alfa_store::access::audit(&tx, actor, "direction.put", &subject, None, app.clock.now()).await?;
    Ok(tx.commit().await?)
}

/// Takes a direction away that nothing names.
///
/// # Errors
/// `NotFound`; `Conflict` when something names it.
pub async fn delete_direction(app: &App, code: &str, actor: &str) -> AppResult<()> {
    let tx = app.begin().await?;
    directions::delete(&tx, code).await?;
    let subject = format!("direction:{code}");
    alfa_store::access::audit(&tx, actor, "direction.delete", &subject, None, app.clock.now()).await?;
    Ok(tx.commit().await?)
}

fn name_taken(error: StoreError) -> AppError {
    if error.is_conflict_on("name_key") {
        AppError::conflict("name_taken", Message::new("crm.name_taken"))
    } else {
        error.into()
    }
}
