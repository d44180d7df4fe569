"""Taking it home: files being made, links for participants, records brought back, the day of the review."""

import sqlalchemy as sa
from alembic import op

revision = "summaries"
down_revision = "texts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "brought_record",
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("fk_brought_record_workshop_id_workshop"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("workshop_id", name=op.f("pk_brought_record")),
    )
    op.create_table(
        "made_file",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("trainer_id", sa.Integer(), nullable=False),
        sa.Column("wish", sa.JSON(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("wrong", sa.String(length=500), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["trainer_id"], ["trainer.id"], name=op.f("fk_made_file_trainer_id_trainer"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("fk_made_file_workshop_id_workshop"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_made_file")),
    )
    with op.batch_alter_table("made_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_made_file_trainer_id"), ["trainer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_made_file_workshop_id"), ["workshop_id"], unique=False)

    op.create_table(
        "summary_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("fk_summary_link_workshop_id_workshop"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_summary_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_summary_link_token_hash")),
    )
    with op.batch_alter_table("summary_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_summary_link_workshop_id"), ["workshop_id"], unique=False)

    with op.batch_alter_table("workshop", schema=None) as batch_op:
        batch_op.add_column(sa.Column("review_on", sa.Date(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("workshop", schema=None) as batch_op:
        batch_op.drop_column("review_on")

    with op.batch_alter_table("summary_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_summary_link_workshop_id"))

    op.drop_table("summary_link")
    with op.batch_alter_table("made_file", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_made_file_workshop_id"))
        batch_op.drop_index(batch_op.f("ix_made_file_trainer_id"))

    op.drop_table("made_file")
    op.drop_table("brought_record")
