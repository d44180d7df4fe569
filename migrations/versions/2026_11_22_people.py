"""Co-trainers, workshops that nobody new can join, and rehearsals."""

import sqlalchemy as sa
from alembic import op

revision = "people"
down_revision = "begin"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "co_trainer",
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("trainer_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["trainer_id"], ["trainer.id"], name=op.f("fk_co_trainer_trainer_id_trainer"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("fk_co_trainer_workshop_id_workshop"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("workshop_id", "trainer_id", name=op.f("pk_co_trainer")),
    )
    with op.batch_alter_table("co_trainer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_co_trainer_trainer_id"), ["trainer_id"], unique=False)

    with op.batch_alter_table("workshop", schema=None) as batch_op:
        batch_op.add_column(sa.Column("locked", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("rehearsal", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("rehearsal_of", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_workshop_rehearsal_of"), ["rehearsal_of"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_workshop_rehearsal_of_workshop"), "workshop", ["rehearsal_of"], ["id"], ondelete="SET NULL"
        )


def downgrade() -> None:
    with op.batch_alter_table("workshop", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_workshop_rehearsal_of_workshop"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_workshop_rehearsal_of"))
        batch_op.drop_column("rehearsal_of")
        batch_op.drop_column("rehearsal")
        batch_op.drop_column("locked")

    with op.batch_alter_table("co_trainer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_co_trainer_trainer_id"))

    op.drop_table("co_trainer")
