"""Shared texts: documents, their updates, and the plain versions that are kept."""

import sqlalchemy as sa
from alembic import op

revision = "texts"
down_revision = "people"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "shared_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("step_id", sa.Integer(), nullable=False),
        sa.Column("table_number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("compacted", sa.Integer(), nullable=False),
        sa.Column("snapshot", sa.LargeBinary(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["step_id"], ["step.id"], name=op.f("fk_shared_text_step_id_step"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("fk_shared_text_workshop_id_workshop"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shared_text")),
        sa.UniqueConstraint("step_id", "table_number", "name", name=op.f("uq_shared_text_step_id")),
    )
    with op.batch_alter_table("shared_text", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_shared_text_workshop_id"), ["workshop_id"], unique=False)

    op.create_table(
        "text_update",
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["text_id"], ["shared_text.id"], name=op.f("fk_text_update_text_id_shared_text"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("text_id", "number", name=op.f("pk_text_update")),
    )
    op.create_table(
        "text_version",
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("why", sa.String(length=20), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["text_id"], ["shared_text.id"], name=op.f("fk_text_version_text_id_shared_text"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("text_id", "number", name=op.f("pk_text_version")),
    )


def downgrade() -> None:
    op.drop_table("text_version")
    op.drop_table("text_update")
    op.drop_table("shared_text")
