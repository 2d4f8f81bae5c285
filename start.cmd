@echo off
rem Starts the dashboard by double-click: makes its Python environment the first time, then opens it in the browser.
setlocal
cd /d "%~dp0"

py -3 -c "import sys; sys.exit(sys.version_info < (3, 11))"
if errorlevel 1 (
    echo This needs Python 3.11 or newer: install it from python.org, then double-click start.cmd again.
    pause
    exit /b 1
)

.venv\Scripts\python.exe -c "import pip" 2>nul
if errorlevel 1 (
    if exist .venv rmdir /s /q .venv
    py -3 -m venv .venv
    if errorlevel 1 (
        if exist .venv rmdir /s /q .venv
        echo The Python environment .venv could not be made in this folder; the lines above say why.
        pause
        exit /b 1
    )
)

fc /b requirements.txt .venv\requirements.txt >nul 2>nul
if errorlevel 1 (
    echo Installing what the dashboard needs: a minute or two, only this time.
    .venv\Scripts\python.exe -m pip install --quiet --disable-pip-version-check -r requirements.txt
    if errorlevel 1 (
        echo Something could not be installed; the lines above say what. Is this computer online?
        pause
        exit /b 1
    )
    copy /y requirements.txt .venv\requirements.txt >nul
)

.venv\Scripts\python.exe -m streamlit run app.py
pause
