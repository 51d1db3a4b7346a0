import io.github.cdkmaven.world.InvokedBuild

InvokedBuild.prepare(basedir, context, 'cdk-3.10')
// What the Invoker gives Maven as -D options.
new File(basedir, 'command-line.properties').text = new File(basedir, 'test.properties').text + '''
cdk.skipImageStreams=true
cdk.skipVerify=true
cdk.skipPreflight=true
cdk.startArguments=--docker-env=LINE=ose-${component}:v3,--docker-env=END=ose-${component}
'''
true
