"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "begin"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "trainer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trainer")),
        sa.UniqueConstraint("email", name=op.f("uq_trainer_email")),
    )
    op.create_table(
        "wrong_guess",
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("hour", name=op.f("pk_wrong_guess")),
    )
    op.create_table(
        "act",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("trainer_id", sa.Integer(), nullable=True),
        sa.Column("workshop_id", sa.Integer(), nullable=True),
        sa.Column("what", sa.String(length=80), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["trainer_id"], ["trainer.id"], name=op.f("fk_act_trainer_id_trainer"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_act")),
    )
    with op.batch_alter_table("act", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_act_workshop_id"), ["workshop_id"], unique=False)

    op.create_table(
        "sign_in_link",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("trainer_id", sa.Integer(), nullable=False),
        sa.Column("goes_to", sa.String(length=200), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["trainer_id"], ["trainer.id"], name=op.f("fk_sign_in_link_trainer_id_trainer"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_sign_in_link")),
    )
    with op.batch_alter_table("sign_in_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_in_link_trainer_id"), ["trainer_id"], unique=False)

    op.create_table(
        "signed_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("trainer_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("device", sa.String(length=120), nullable=False),
        sa.Column("by_link", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["trainer_id"], ["trainer.id"], name=op.f("fk_signed_in_trainer_id_trainer"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signed_in")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_signed_in_token_hash")),
    )
    with op.batch_alter_table("signed_in", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_signed_in_trainer_id"), ["trainer_id"], unique=False)

    op.create_table(
        "workshop",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("trainer_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("purpose", sa.String(length=2000), nullable=False),
        sa.Column("agencies", sa.JSON(), nullable=False),
        sa.Column("disclosure", sa.String(length=20), nullable=False),
        sa.Column("joins", sa.String(length=20), nullable=False),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("code_turn", sa.Integer(), nullable=False),
        sa.Column("live_step_id", sa.Integer(), nullable=True),
        sa.Column("wall_blank", sa.Boolean(), nullable=False),
        sa.Column("message", sa.String(length=500), nullable=False),
        sa.Column("seat_limit", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["trainer_id"], ["trainer.id"], name=op.f("fk_workshop_trainer_id_trainer"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workshop")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_workshop_code_hash")),
    )
    with op.batch_alter_table("workshop", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_workshop_trainer_id"), ["trainer_id"], unique=False)

    op.create_table(
        "made_move",
        sa.Column("maker", sa.String(length=40), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("fk_made_move_workshop_id_workshop"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("maker", "key", name=op.f("pk_made_move")),
    )
    with op.batch_alter_table("made_move", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_made_move_workshop_id"), ["workshop_id"], unique=False)

    op.create_table(
        "step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("setup", sa.JSON(), nullable=False),
        sa.Column("minutes", sa.JSON(), nullable=False),
        sa.Column("rule", sa.String(length=20), nullable=False),
        sa.Column("moved_by", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("fk_step_workshop_id_workshop"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_step")),
    )
    with op.batch_alter_table("step", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_step_workshop_id"), ["workshop_id"], unique=False)

    op.create_table(
        "workshop_table",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("fk_workshop_table_workshop_id_workshop"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workshop_table")),
        sa.UniqueConstraint("workshop_id", "number", name=op.f("uq_workshop_table_workshop_id")),
    )
    with op.batch_alter_table("workshop_table", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_workshop_table_workshop_id"), ["workshop_id"], unique=False)

    op.create_table(
        "board",
        sa.Column("step_id", sa.Integer(), nullable=False),
        sa.Column("table_id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("phase", sa.String(length=20), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("frozen", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["step_id"], ["step.id"], name=op.f("fk_board_step_id_step"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["table_id"], ["workshop_table.id"], name=op.f("fk_board_table_id_workshop_table"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("fk_board_workshop_id_workshop"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("step_id", "table_id", name=op.f("pk_board")),
    )
    with op.batch_alter_table("board", schema=None) as batch_op:
        batch_op.create_index("ix_board_workshop_id_version", ["workshop_id", "version"], unique=False)

    op.create_table(
        "seat",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("table_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("agency", sa.String(length=40), nullable=True),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("here", sa.Boolean(), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["table_id"], ["workshop_table.id"], name=op.f("fk_seat_table_id_workshop_table")),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("fk_seat_workshop_id_workshop"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_seat_token_hash")),
        sa.UniqueConstraint("workshop_id", "code_hash", name=op.f("uq_seat_workshop_id")),
    )
    with op.batch_alter_table("seat", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_seat_table_id"), ["table_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_seat_workshop_id"), ["workshop_id"], unique=False)

    op.create_table(
        "answer",
        sa.Column("step_id", sa.Integer(), nullable=False),
        sa.Column("seat_id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["seat_id"], ["seat.id"], name=op.f("fk_answer_seat_id_seat"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["step_id"], ["step.id"], name=op.f("fk_answer_step_id_step"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("fk_answer_workshop_id_workshop"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("step_id", "seat_id", name=op.f("pk_answer")),
    )
    with op.batch_alter_table("answer", schema=None) as batch_op:
        batch_op.create_index("ix_answer_workshop_id_version", ["workshop_id", "version"], unique=False)

    op.create_table(
        "lease",
        sa.Column("seat_id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["seat_id"], ["seat.id"], name=op.f("fk_lease_seat_id_seat"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("seat_id", name=op.f("pk_lease")),
    )
    with op.batch_alter_table("lease", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lease_workshop_id"), ["workshop_id"], unique=False)

    op.create_table(
        "seat_device",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("seat_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["seat_id"], ["seat.id"], name=op.f("fk_seat_device_seat_id_seat"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_seat_device")),
    )
    with op.batch_alter_table("seat_device", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_seat_device_seat_id"), ["seat_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("seat_device", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_seat_device_seat_id"))

    op.drop_table("seat_device")
    with op.batch_alter_table("lease", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_lease_workshop_id"))

    op.drop_table("lease")
    with op.batch_alter_table("answer", schema=None) as batch_op:
        batch_op.drop_index("ix_answer_workshop_id_version")

    op.drop_table("answer")
    with op.batch_alter_table("seat", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_seat_workshop_id"))
        batch_op.drop_index(batch_op.f("ix_seat_table_id"))

    op.drop_table("seat")
    with op.batch_alter_table("board", schema=None) as batch_op:
        batch_op.drop_index("ix_board_workshop_id_version")

    op.drop_table("board")
    with op.batch_alter_table("workshop_table", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_workshop_table_workshop_id"))

    op.drop_table("workshop_table")
    with op.batch_alter_table("step", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_step_workshop_id"))

    op.drop_table("step")
    with op.batch_alter_table("made_move", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_made_move_workshop_id"))

    op.drop_table("made_move")
    with op.batch_alter_table("workshop", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_workshop_trainer_id"))

    op.drop_table("workshop")
    with op.batch_alter_table("signed_in", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_signed_in_trainer_id"))

    op.drop_table("signed_in")
    with op.batch_alter_table("sign_in_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_in_link_trainer_id"))

    op.drop_table("sign_in_link")
    with op.batch_alter_table("act", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_act_workshop_id"))

    op.drop_table("act")
    op.drop_table("wrong_guess")
    op.drop_table("trainer")
