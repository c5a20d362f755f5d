//! Watching together: users who let others add them, and players that follow another user's player.

use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, EntityTrait, IntoActiveModel as _, JoinType, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, sea_query::OnConflict,
};

use super::run::Run as _;
use crate::boxed;
use crate::{
    Conn, Result, Tx,
    entities::{companion_consent, playback_session, user},
    ids::UserId,
    rows::{PlaybackSession, User},
};

/// Returns the users who let others add them, oldest account first.
#[boxed]
pub async fn willing(conn: &dyn Conn) -> Result<Vec<User>> {
    let consent = user::Entity::belongs_to(companion_consent::Entity)
        .from(user::Column::Id)
        .to(companion_consent::Column::UserId);
    let willing = user::Entity::find().join(JoinType::InnerJoin, consent.into());
    Ok(willing.order_by_asc(user::Column::Id).all(&conn.raw()).await?)
}

/// Returns whether a user lets others add them.
#[boxed]
pub async fn is_willing(conn: &dyn Conn, user_id: UserId) -> Result<bool> {
    Ok(companion_consent::Entity::find_by_id(user_id).one(&conn.raw()).await?.is_some())
}

/// Sets whether a user lets others add them.
#[boxed]
pub async fn set_willing(tx: &Tx, user_id: UserId, is_willing: bool) -> Result<()> {
    use companion_consent::{Column, Entity, Model};
    if is_willing {
        let known = OnConflict::column(Column::UserId).do_nothing().to_owned();
        Entity::insert(Model { user_id }.into_active_model().reset_all())
            .on_conflict(known)
            .exec_without_returning(&tx.raw())
            .await?;
    } else {
        Entity::delete_by_id(user_id).run(tx).await?;
    }
    Ok(())
}

/// Returns the players that follow this one.
#[boxed]
pub async fn of_session(conn: &dyn Conn, session_id: &str) -> Result<Vec<PlaybackSession>> {
    use playback_session::{Column, Entity};
    let of = Entity::find().filter(Column::CompanionOf.eq(session_id)).order_by_asc(Column::Id);
    Ok(of.all(&conn.raw()).await?)
}
