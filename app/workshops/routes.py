"""All addresses of joining and preparing."""

from fastapi import APIRouter

from app.workshops import joining

router = APIRouter()
router.include_router(joining.router)
