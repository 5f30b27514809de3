@rem Drop a workbook, or a folder of them, on this file: it is tidied, checked, reported, and the report opened.
@echo off
setlocal
if "%~1"=="" goto usage
call "%~dp0find_python.bat"
if errorlevel 1 goto no_python
set "SOURCE=%~f1"
set "TIDY=%~dpn1_tidy.xlsx"
set "NAME=%~n1"
if "%NAME:~-5%"=="_tidy" set "TIDY=%~f1"
if exist "%TIDY%" set "SOURCE=%TIDY%"
set "OUT=%~dpn1_medgraph"
if not exist "%OUT%" mkdir "%OUT%"

echo [1/4] tidy "%SOURCE%"
"%MEDGRAPH_PYTHON%" -I "%~dp0run.py" tidy "%SOURCE%" --output "%TIDY%" --if-needed
set "CODE=%errorlevel%"
@rem A tidied workbook that was edited by hand is not written anew, and checked as it stands; any error ends it here.
if not "%CODE%"=="0" goto end
if exist "%TIDY%" set "SOURCE=%TIDY%"

echo [2/4] check "%SOURCE%"
"%MEDGRAPH_PYTHON%" -I "%~dp0run.py" check "%SOURCE%" --output "%OUT%\checked.xlsx"
set "CODE=%errorlevel%"
if not "%CODE%"=="0" goto findings

echo [3/4] report
"%MEDGRAPH_PYTHON%" -I "%~dp0run.py" report "%SOURCE%" --output "%OUT%\report"
set "CODE=%errorlevel%"
if not "%CODE%"=="0" goto end

echo [4/4] open "%OUT%\report"
start "" "%OUT%\report\index.html"
goto end

:findings
if exist "%OUT%\checked.xlsx" start "" "%OUT%\checked.xlsx"
goto end

:usage
type "%~dp0usage.txt"
set "CODE=2"
goto end

:no_python
type "%~dp0no_python.txt"
set "CODE=2"

:end
if not defined MEDGRAPH_NO_PAUSE pause
exit /b %CODE%
