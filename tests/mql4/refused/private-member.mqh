#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
class CThing
  {
private:
   int a;
public:
   CThing(void) { a=0; }
  };
int F(const CThing &thing)
  {
   return(thing.a);
  }
#endif
// refused: private-member at 12:17
