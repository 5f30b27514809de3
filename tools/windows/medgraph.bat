@rem Any command of medgraph: medgraph.bat --help. Without one, as when it is double-clicked, the planning board.
@echo off
setlocal
if "%~1"=="" (
  call "%~dp0board.bat"
  exit /b
)
call "%~dp0find_python.bat"
if errorlevel 1 (
  type "%~dp0no_python.txt"
  exit /b 2
)
"%MEDGRAPH_PYTHON%" -I "%~dp0run.py" %*
exit /b %errorlevel%
