#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
class CThing
  {
public:
   int total;
   CThing(void) { total=0; }
   void Grow(void) { total++; }
   int Total(void) const { return(total); }
  };
CThing F(void)
  {
   CThing thing;
   return(thing);
  }
#endif
// refused: object-returned at 11:1
