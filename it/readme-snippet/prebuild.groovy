import io.github.cdkmaven.world.InvokedBuild

def snippet = (new File(basedir, '../../../README.md').text =~ /(?s)```xml\n(.*?)```/)[0][1]
def pom = new File(basedir, 'pom.xml')
pom.text = pom.text.replace('<!-- README -->', snippet.trim())

InvokedBuild.prepare(basedir, context, 'cdk-3.10')
def site = new File(basedir, 'test.properties').readLines()
new File(basedir, 'nothing.properties').text = ''
new File(basedir, 'minishift.properties').text = site.findAll { it.startsWith('cdk.minishift=') || it.startsWith('cdk.home=') }.join('\n')
true
